import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createHeadWriter } from '../../../../src/adapters/node/response/head.ts'
import { NodeResponse } from '../../../../src/adapters/node/response/node-response.ts'
import { send } from '../../../../src/adapters/node/response/send.ts'
import { connectTo } from '../raw-client.ts'

/** As in a version of Node that keeps heads elsewhere: only its own `writeHead` can set one. */
function keepHeadElsewhere(response: ServerResponse): void {
  let head: unknown
  let isWriting = false
  Object.defineProperty(response, '_header', {
    get: () => head,
    set: (value: unknown) => {
      if (isWriting) head = value
    },
  })
  const writeHead = response.writeHead.bind(response)
  Object.defineProperty(response, 'writeHead', {
    value: (...args: unknown[]) => {
      isWriting = true
      Reflect.apply(writeHead, undefined, args)
      isWriting = false
      return response
    },
  })
}

/** All that a connection gives, which ends after its request. */
async function bytesOf(
  make: () => Response,
  request: string,
  prepare: (response: ServerResponse) => void = () => undefined,
): Promise<string> {
  const writeHead = createHeadWriter(75, () => false)
  const server = createServer({ keepAliveTimeout: 0 }, (_request, response) => {
    prepare(response)
    void send(make(), response, writeHead)
  })
  onTestFinished(() => void server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  const client = await connectTo(`http://127.0.0.1:${address.port}/`)
  client.socket.end(request, 'latin1')
  return (await client.closed).replace(/(?<=^date: ).*(?=\r$)/im, 'DATE')
}

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
const headers = { 'content-type': 'text/plain', 'x-field': 'caf\xe9' }
const cases: readonly [string, () => Response, string?][] = [
  ['GET', () => new NodeResponse('x', { headers })],
  ['a body beyond ASCII', () => new NodeResponse('Grüße, €', { headers })],
  ['an empty body', () => new NodeResponse('', { headers })],
  ['no body', () => new NodeResponse(null, { headers })],
  ['no content', () => new NodeResponse(null, { status: 204, headers })],
  ['an error', () => new NodeResponse('x', { status: 503, headers })],
  ['a status without a name', () => new NodeResponse('x', { status: 299, headers })],
  ['an empty value', () => new NodeResponse('x', { headers: { ...headers, 'x-field': '' } })],
  ['a name in upper case', () => new NodeResponse('x', { headers: { 'X-Field': '1' } })],
  ['a wrong length', () => new NodeResponse('x', { headers: { 'content-length': '9' } })],
  ['a date', () => new NodeResponse('x', { headers: { date: 'today' } })],
  ['an end', () => new NodeResponse('x', { headers: { connection: 'close' } })],
  ['a framing', () => new NodeResponse('x', { headers: { 'transfer-encoding': 'chunked' } })],
  ['HEAD', () => new NodeResponse('x', { headers }), get.replace('GET', 'HEAD')],
  ['HTTP/1.0', () => new NodeResponse('x', { headers }), 'GET / HTTP/1.0\r\n\r\n'],
  [
    'a client that wants the connection closed',
    () => new NodeResponse('x', { headers }),
    get.replace('Host', 'Connection: close\r\nHost'),
  ],
  ['two requests at once', () => new NodeResponse('x', { headers }), get + get],
]

describe('a head is what Node would write', () => {
  test.for(cases)('for %s', async ([, make, request = get]) => {
    const bytes = await bytesOf(make, request)
    expect(bytes).toMatch(/^HTTP\/1\.1 \d{3} /)
    expect(lines(bytes)).toEqual(lines(await bytesOf(make, request, keepHeadElsewhere)))
  })
})

/** Sorted, because the fields stand in another order. */
function lines(bytes: string): string[] {
  return bytes.split('\r\n').sort()
}
