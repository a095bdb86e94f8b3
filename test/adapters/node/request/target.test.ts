import { expect, test } from 'vitest'
import { connectTo } from '../raw-client.ts'
import { serveHere } from '../serve-here.ts'

/** Status and content of the answer to a request with this line and fields: the URL that it has. */
async function urlOf(line: string, host = 'Host: h\r\n'): Promise<string> {
  const { url } = await serveHere(
    (asked) => new Response(`${asked.url} ${asked.headers.get('host') ?? ''} ${asked.clone().url}`),
  )
  const client = await connectTo(url)
  client.send(`${line} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)
  const bytes = await client.closed
  return bytes.startsWith('HTTP/1.1 200 ') ? (bytes.split('\r\n\r\n')[1] ?? '') : bytes.slice(9, 12)
}

test.for([
  ['GET /a?b=%20', 'http://h/a?b=%20 h http://h/a?b=%20'],
  ['GET /a/../b', 'http://h/b h http://h/b'],
  ['GET http://other:81/a', 'http://other:81/a other:81 http://other:81/a'],
  ['GET https://other/a', 'https://other/a other https://other/a'],
  ['GET HTTP://other', 'http://other/ other http://other/'],
  ['OPTIONS *', 'http://h/* h http://h/*'],
])('%s', async ([line = '', url]) => {
  expect(await urlOf(line)).toBe(url)
})

test.for([
  'GET *',
  'GET ftp://h/a',
  'GET ws://h/',
  'GET file:///a',
  'GET data:,x',
  'GET http:/a',
  'GET http://',
  'GET http://user@h/',
  'GET http://user:password@h/',
])('%s is 400', async (line) => {
  expect(await urlOf(line)).toBe('400')
})

test.for(['Host: user@h\r\n', 'Host: a/b\r\n', 'Host: a b\r\n', 'Host: a, b\r\n', ''])(
  'a bad Host is 400: %j',
  async (host) => {
    expect(await urlOf('GET /', host)).toBe('400')
    expect(await urlOf('GET http://h/', host)).toBe('400')
  },
)
