import { expect, test } from 'vitest'
import { NodeResponse } from '../../../../src/adapters/node/response/node-response.ts'
import { connectTo } from '../raw-client.ts'
import { serveHere } from '../serve-here.ts'

/** What only a request with this header shows. */
async function ask<T>(header: string, look: (request: Request) => T): Promise<T> {
  const looked = Promise.withResolvers<T>()
  const { url } = await serveHere((received) => {
    looked.resolve(look(received))
    return new NodeResponse(null, { status: 204 })
  })
  const client = await connectTo(url)
  client.send(`GET / HTTP/1.1\r\nHost: a\r\n${header}\r\n`)
  return looked.promise
}

test.for(['ä', '€', 'plain'])('a text arrives as UTF-8: %s', async (text) => {
  const { url } = await serveHere(
    () =>
      new NodeResponse(text, {
        headers: { 'content-type': 'text/plain', 'content-length': `${Buffer.byteLength(text)}` },
      }),
  )
  expect(await (await fetch(url)).text()).toBe(text)
})

test('a field is found under any case of its name', async () => {
  expect(await ask('X-Field: 1\r\n', ({ headers }) => headers.get('x-FIELD'))).toBe('1')
})

test('a field that is not there is null', async () => {
  expect(await ask('', ({ headers }) => headers.get('x-field'))).toBe(null)
})

test('fields of one name are joined, cookies in their own way', async () => {
  const header = 'X-Field: 1\r\nX-Field: 2\r\nCookie: a=1\r\nCookie: b=2\r\n'
  const read = ({ headers }: Request) => [headers.get('x-field'), headers.get('cookie')]
  expect(await ask(header, read)).toEqual(['1, 2', 'a=1; b=2'])
})

test('header fields can be iterated, copied and changed', async () => {
  const read = ({ headers }: Request) => {
    headers.set('x-field', '2')
    return [headers.get('x-field'), Object.fromEntries(headers), new Headers(headers).get('host')]
  }
  expect(await ask('X-Field: 1\r\n', read)).toEqual(['2', { host: 'a', 'x-field': '2' }, 'a'])
})

test.for(['Host: b\r\n', 'host:\r\n'])('a second Host is refused: %j', async (second) => {
  const { url } = await serveHere(() => new NodeResponse(null, { status: 204 }))
  const client = await connectTo(url)
  client.send(`GET http://c/ HTTP/1.1\r\nHost: a\r\n${second}\r\n`)
  expect(await client.receive(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 400 /)
})
