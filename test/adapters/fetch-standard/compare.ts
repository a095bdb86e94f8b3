import { createServer } from 'node:http'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { Client } from 'undici'
import { respond } from './answer.ts'
import { bytesOf, fieldsOf, host, nativeRequest } from './parts.ts'
import type { Probe } from './probe.ts'

/** Milliseconds after which a response counts as missing; longer than a probe may take. */
const patience = 20_000

/** What a client sees of a response: enough to tell whether two are the same. */
interface Seen {
  readonly status: number
  readonly type: string | null
  readonly content: string
}

/** A server that answers what it was asked; for requests that are fetched. */
export async function startUpstream() {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method, url, headers } = request
      // A connection that is kept may end just when it is used again, and a stream cannot be sent twice.
      response.setHeader('connection', 'close')
      const fields = Object.entries(headers).filter(([name]) => /^x-|^content-type$/.test(name))
      response.end(JSON.stringify([method, url, fields, Buffer.concat(chunks).toString('latin1')]))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('It has no address.')
  return {
    authority: `127.0.0.1:${address.port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** What the platform's own `Request` of the parts gives, here. */
export async function expected(path: string, { parts }: Probe, upstream: string): Promise<Seen> {
  const request = nativeRequest(parts, parts.toUpstream ? upstream : host, path)
  const response = await respond(request, path, 60_000)
  const content = Buffer.from(await response.arrayBuffer()).toString('latin1')
  const { status, headers } = response
  const result = headers.get('x-result')
  return seen(status, headers.get('content-type'), result ?? content)
}

/**
 * What the `Request` gives that a handler gets of the same parts over a connection.
 * @throws if the request after it, on that connection, is not answered
 */
export async function actual(
  client: Client,
  path: string,
  { parts }: Probe,
  upstream: string,
): Promise<Seen> {
  const response = await client.request({
    method: parts.method ?? 'GET',
    // It would say `Connection: close` with HEAD.
    reset: false,
    path: path + (parts.rest ?? ''),
    headers: fieldsOf(parts, parts.toUpstream ? upstream : host).flat(),
    body:
      parts.body === undefined
        ? null
        : parts.chunked
          ? Readable.from(pieces(parts.body))
          : bytesOf(parts.body),
    headersTimeout: patience,
    bodyTimeout: patience,
  })
  const { statusCode, headers } = response
  const content = Buffer.from(await response.body.arrayBuffer()).toString('latin1')
  const next = await client.request({ method: 'GET', path: '/unread', headersTimeout: patience })
  if ((await next.body.text()) !== 'unread') throw new Error('The next request was not answered.')
  const field = (name: string) => headers[name]?.toString()
  return seen(statusCode, field('content-type') ?? null, field('x-result') ?? content)
}

/** In a few chunks, of which the first comes alone. */
async function* pieces(body: string) {
  const middle = Math.ceil(body.length / 2)
  yield bytesOf(body.slice(0, middle))
  await new Promise((resolve) => setTimeout(resolve, 1))
  if (middle < body.length) yield bytesOf(body.slice(middle))
}

function seen(status: number, type: string | null, content: string): Seen {
  // Each form has a boundary of its own.
  const boundary = /boundary=(.*)/.exec(type ?? '')?.[1]
  const same = (text: string) => (boundary ? text.replaceAll(boundary, 'BOUNDARY') : text)
  return { status, type: type && same(type), content: same(content) }
}
