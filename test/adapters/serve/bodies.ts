import * as v from 'valibot'
import { expect } from 'vitest'
import { ask } from '../client.ts'
import { exchange, open } from '../wire.ts'
import { named, type ServeCase } from './case.ts'

const close = 'Connection: close\r\n'
const parsed = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    method: v.string(),
    url: v.string(),
    headers: v.record(v.string(), v.string()),
    body: v.boolean(),
    remoteAddress: v.string(),
  }),
)

function withoutContent(
  code: number,
  reason: string,
  deviations: ServeCase['deviations'] = {},
): ServeCase {
  return {
    deviations,
    name: `${code} is sent without content, and the next response follows`,
    async run(url) {
      const { head } = named(url)
      const received = await exchange(url, head(`GET /${code}`) + head('GET /unread', close))
      const [first = '', ...second] = received.split('\r\n\r\n')
      expect(first).toMatch(new RegExp(`^HTTP/1\\.1 ${code} ${reason}`, 'i'))
      expect(first).not.toMatch(/^transfer-encoding:/im)
      expect(second.join('\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 [^]*unread/)
    },
  }
}

export const bodies: ServeCase[] = [
  {
    name: 'the `Request` has the method, the URL and the fields that were sent',
    async run(url) {
      const { host } = new URL(url)
      const received = await exchange(
        url,
        `PUT /request?a=1&a=%20 HTTP/1.1\r\nHost: ${host}\r\nX-Two: a\r\nX-TWO: b\r\nContent-Length: 1\r\n${close}\r\nx`,
      )
      const request = v.parse(parsed, /\{.*\}/.exec(received)?.[0])
      expect(request.method).toBe('PUT')
      expect(request.url).toBe(`http://${host}/request?a=1&a=%20`)
      expect(request.headers['x-two']).toBe('a, b')
      expect(request.body).toBe(true)
      expect(request.remoteAddress).toMatch(/127\.0\.0\.1$/)
    },
  },
  {
    name: 'the `Request` of a GET has no body',
    async run(url) {
      const { body } = await ask(url, '/request')
      expect(v.parse(parsed, body).body).toBe(false)
    },
  },
  {
    name: 'an upload of 8 MB arrives whole',
    async run(url) {
      const body = Buffer.alloc(8_000_000, 'x')
      expect((await ask(url, '/length', { method: 'POST', body })).body).toBe('8000000')
    },
  },
  {
    name: 'uploads at the same time are kept apart',
    async run(url) {
      const uploads = Array.from({ length: 20 }, (_, i) => `${i} `.repeat(20_000))
      const echoes = uploads.map((body) => ask(url, '/echo', { method: 'POST', body }))
      expect((await Promise.all(echoes)).map(({ body }) => body)).toEqual(uploads)
    },
  },
  {
    name: 'an upload that streams is echoed while it still comes',
    async run(url) {
      const wire = await open(url)
      wire.send(named(url).head('POST /echo', `Transfer-Encoding: chunked\r\n${close}`))
      wire.send('5\r\nfirst\r\n')
      await wire.until(/first/)
      wire.send('6\r\nsecond\r\n0\r\n\r\n')
      expect(await wire.ended()).toMatch(/second[^]*\r\n0\r\n\r\n$/)
    },
  },
  {
    name: 'a form with a file is read',
    async run(url) {
      const form = new FormData()
      form.set('text', 'some text')
      form.set('file', new File(['a file'], 'file.txt'))
      const response = await fetch(`${url}form`, { method: 'POST', body: form })
      expect(await response.json()).toEqual(['some text', 'a file'])
    },
  },
  {
    name: 'an upload that nobody reads does not disturb the next request',
    async run(url) {
      const { head } = named(url)
      const received = await exchange(
        url,
        `${head('POST /unread', 'Content-Length: 70000\r\n')}${'x'.repeat(70_000)}`,
        head('GET /request', close),
      )
      // Or the connection ends, and the response has said so.
      expect(received).toMatch(/unread[^]*"method":"GET"|connection: close\r\n[^]*unread$/i)
    },
  },
  {
    name: 'a request is answered even if what follows it is no request',
    async run(url) {
      const request = named(url)
      const wire = await open(url)
      wire.send(request.head('GET /slow') + 'garbage\r\n\r\n')
      await request.release()
      expect(await wire.ended()).toMatch(/^HTTP\/1\.1 200 [^]*slow/)
    },
    deviations: {
      bun: {
        reason: 'Bun refuses with 400 and drops the response in flight',
        upstream: 'https://github.com/oven-sh/bun/pull/32868',
      },
    },
  },
  {
    name: 'binary content goes out as it is',
    async run(url) {
      const response = await fetch(`${url}bytes`)
      expect([...(await response.bytes())]).toEqual(Array.from({ length: 256 }, (_, i) => i))
    },
  },
  {
    name: 'a Blob brings its type',
    async run(url) {
      const { headers, body } = await ask(url, '/blob')
      expect([headers['content-type'], body]).toEqual(['text/x-blob', 'blob'])
    },
  },
  {
    name: 'no content has the length 0',
    async run(url) {
      const { headers } = await ask(url, '/empty')
      expect(headers['content-length']).toBe('0')
    },
  },
  {
    name: 'Set-Cookie twice is two fields',
    async run(url) {
      const { headers } = await ask(url, '/cookies')
      expect(headers['set-cookie']).toEqual(['a=1; Path=/, x', 'b=2'])
      expect(headers['x-one']).toBe('1')
    },
  },
  {
    name: 'a reason phrase is sent as it is',
    async run(url) {
      const received = await exchange(url, named(url).head('GET /reason', close))
      expect(received).toMatch(/^HTTP\/1\.1 299 Fine\r\n/)
    },
    deviations: {
      bun: {
        reason: 'Bun does not send `statusText`',
        upstream: 'https://github.com/oven-sh/bun/pull/36003',
      },
      deno: {
        reason: 'Deno does not send `statusText`',
        upstream: 'https://github.com/denoland/deno/issues/14822',
      },
    },
  },
  {
    name: 'a response whose header cannot be changed is sent',
    async run(url) {
      const { status, headers } = await ask(url, '/redirect')
      expect([status, headers['location']]).toEqual([307, 'http://other.test/'])
    },
  },
  {
    name: 'HEAD has the fields of GET and no content',
    async run(url) {
      const received = await exchange(url, named(url).head('HEAD /declared', close))
      expect(received).toMatch(/^content-length: 5$/im)
      expect(received).toMatch(/\r\n\r\n$/)
    },
  },
  {
    name: 'HEAD may say the length of what it does not have',
    async run(url) {
      const received = await exchange(url, named(url).head('HEAD /declared-empty', close))
      expect(received).toMatch(/^content-length: 5$/im)
    },
  },
  withoutContent(101, 'Switching Protocols', {
    node: {
      reason: "Node's `Response` takes no status below 200, as the fetch standard says: 500",
      upstream: 'https://fetch.spec.whatwg.org/#initialize-a-response',
    },
  }),
  withoutContent(204, 'No Content'),
  withoutContent(205, 'Reset Content'),
  withoutContent(304, 'Not Modified'),
]
