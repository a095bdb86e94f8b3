import { createServer, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { once } from 'node:events'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createHeadWriter } from '../../../../src/adapters/node/response/head.ts'
import { NodeResponse } from '../../../../src/adapters/node/response/node-response.ts'
import { send, writeWhole } from '../../../../src/adapters/node/response/send.ts'

const whole = { 'content-type': 'text/plain', 'content-length': '1' }

/** What a response is on the wire, after `prepare` had Node's response in its hands. */
async function bytesOf(
  make: () => Response,
  request: string,
  prepare: (response: ServerResponse) => void,
): Promise<string> {
  const head = createHeadWriter(75)
  const thrown: unknown[] = []
  const server = createServer({ keepAliveTimeout: 0 }, (_request, response) => {
    prepare(response)
    try {
      void send(make(), response, head, writeWhole)
    } catch (cause) {
      response.destroy()
      thrown.push(cause)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  const socket = connect(address.port, '127.0.0.1')
  socket.end(request)
  const bytes = await text(socket)
  if (thrown.length > 0) throw thrown[0]
  return bytes.replace(/(?<=^date: ).*(?=\r$)/im, 'DATE')
}

/** A version of Node that keeps heads under another name, or one where somebody else has set one. */
const other = (response: ServerResponse) => {
  Reflect.deleteProperty(response, '_header')
}

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'

describe('a head is the same as Node would write it', () => {
  const cases: [string, () => Response, string][] = [
    ['to GET', () => new NodeResponse('x', { headers: whole }), get],
    ['with an error', () => new NodeResponse('x', { status: 503, headers: whole }), get],
    [
      'with a status that has no name',
      () => new NodeResponse('x', { status: 299, headers: whole }),
      get,
    ],
    ['to HEAD', () => new NodeResponse(null, { headers: whole }), get.replace('GET', 'HEAD')],
    [
      'with a body to HEAD',
      () => new NodeResponse('x', { headers: whole }),
      get.replace('GET', 'HEAD'),
    ],
    [
      'without content',
      () => new NodeResponse(null, { status: 204, headers: { allow: 'GET' } }),
      get,
    ],
    ['without a body', () => new NodeResponse(null, { headers: {} }), get],
    ['to HTTP/1.0', () => new NodeResponse('x', { headers: whole }), 'GET / HTTP/1.0\r\n\r\n'],
    [
      'to a client that wants the connection closed',
      () => new NodeResponse('x', { headers: whole }),
      get.replace('Host', 'Connection: close\r\nHost'),
    ],
    [
      'to a client that wants it kept',
      () => new NodeResponse('x', { headers: whole }),
      get.replace('Host', 'Connection: keep-alive\r\nHost'),
    ],
    [
      'that ends the connection',
      () => new NodeResponse('x', { headers: { ...whole, connection: 'close' } }),
      get,
    ],
    [
      'with names in upper case',
      () => new NodeResponse('x', { headers: { ...whole, 'X-Field': '1' } }),
      get,
    ],
    ['with Latin-1', () => new NodeResponse('x', { headers: { ...whole, 'x-field': 'ä' } }), get],
    [
      'with an empty value',
      () => new NodeResponse('x', { headers: { ...whole, 'x-field': '' } }),
      get,
    ],
    ['of a stream', () => new Response('x', { headers: whole }), get],
  ]
  test.for(cases)('%s', async ([, make, request]) => {
    const own = await bytesOf(make, request, () => undefined)
    expect(own).toMatch(/^HTTP\/1\.1 \d{3} /)
    expect(sorted(own)).toEqual(sorted(await bytesOf(make, request, other)))
  })
})

test.for(['a\r\nx-second: 1', 'a\nb', 'a\0b', '€'])(
  'no value breaks out of its field: %j',
  async (value) => {
    const make = () => new NodeResponse('x', { headers: { ...whole, 'x-field': value } })
    await expect(bytesOf(make, get, () => undefined)).rejects.toThrow('Invalid')
  },
)

test.for(['a b', 'a:', 'a\r\nb', 'ä', ''])('no name does: %j', async (name) => {
  const make = () => new NodeResponse('x', { headers: { ...whole, [name]: 'x' } })
  await expect(bytesOf(make, get, () => undefined)).rejects.toThrow('must be a valid HTTP token')
})

test('a connection that is to be closed says so', async () => {
  const bytes = await bytesOf(
    () => new NodeResponse('x', { headers: whole }),
    get,
    (response) => response.setHeader('Connection', 'close'),
  )
  expect(bytes).toMatch(/\r\nConnection: close\r\n/)
  expect(bytes).not.toMatch(/keep-alive/i)
})

/** The fields may stand in another order. */
function sorted(bytes: string): string[] {
  const [head = '', body = ''] = bytes.split('\r\n\r\n')
  return [...head.split('\r\n').sort(), body]
}
