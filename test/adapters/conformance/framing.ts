import { expect } from 'vitest'
import { exchange } from '../wire.ts'
import type { Case } from './case.ts'

const close = 'Connection: close\r\n'

function head(url: string, line: string, fields = close): string {
  return `${line} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n${fields}\r\n`
}

export const framing: Case[] = [
  {
    name: 'a response has a status line, a header and as many bytes as it says',
    async run({ url }) {
      const received = await exchange(url, head(url, 'GET /livez'))
      const [header = '', ...body] = received.split('\r\n\r\n')
      expect(header).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
      expect(header).toMatch(/^content-length: 18$/im)
      expect(body.join()).toBe('{"status":"alive"}')
    },
  },
  {
    name: 'Served-By and Content-Length stand in the header once',
    async run({ url }) {
      const received = await exchange(url, head(url, 'GET /'))
      expect(received.match(/^served-by:/gim)).toHaveLength(1)
      expect(received.match(/^content-length:/gim)).toHaveLength(1)
    },
  },
  {
    name: 'HEAD sends no byte after its header',
    async run({ url }) {
      const received = await exchange(url, head(url, 'HEAD /livez'))
      expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
      expect(received).toMatch(/\r\n\r\n$/)
      expect(received).toMatch(/^content-length: 18$/im)
    },
  },
  {
    name: '204 has neither content nor a length (RFC 9110 §8.6)',
    async run({ url }) {
      const received = await exchange(url, head(url, 'OPTIONS /'))
      expect(received).toMatch(/^HTTP\/1\.1 204 No Content\r\n[^]*\r\n\r\n$/)
      expect(received).not.toMatch(/^(content-length|transfer-encoding):/im)
    },
  },
  {
    name: '404 and 405 are as many bytes as they say',
    async run({ url }) {
      for (const line of ['GET /nope', 'POST /']) {
        const received = await exchange(url, head(url, line, `Content-Length: 0\r\n${close}`))
        const length = /^content-length: (\d+)$/im.exec(received)?.[1]
        expect(received.split('\r\n\r\n')[1]).toHaveLength(Number(length))
      }
    },
  },
  {
    name: 'Connection: close ends the connection',
    async run({ url }) {
      const received = await exchange(url, head(url, 'GET /livez') + head(url, 'GET /livez'))
      expect(received.match(/alive/g)).toHaveLength(1)
    },
  },
  {
    name: 'a response after which the connection ends says so (RFC 9112 §9.6)',
    async run({ url }) {
      expect(await exchange(url, head(url, 'GET /'))).toMatch(/^connection: close$/im)
    },
    deviations: {
      bun: {
        reason: 'Bun says it only when it is the server that wants to close',
        upstream: 'https://github.com/oven-sh/bun/pull/33005',
      },
    },
  },
  {
    name: 'pipelined requests are answered in order',
    async run({ url }) {
      const received = await exchange(
        url,
        head(url, 'GET /livez', '') + head(url, 'HEAD /', '') + head(url, 'GET /nope'),
      )
      expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual([
        'HTTP/1.1 200',
        'HTTP/1.1 200',
        'HTTP/1.1 404',
      ])
    },
  },
  {
    name: 'a request is answered even if what follows it is no request',
    async run({ url }) {
      const received = await exchange(url, head(url, 'GET /livez', '') + 'garbage\r\n\r\n')
      expect(received).toMatch(/^HTTP\/1\.1 200 [^]*alive/)
    },
  },
  {
    name: 'a request may come in pieces',
    async run({ url }) {
      const pieces = head(url, 'GET /livez').match(/[^]{1,7}/g) ?? []
      expect(await exchange(url, ...pieces)).toMatch(/^HTTP\/1\.1 200 [^]*alive/)
    },
  },
  {
    name: 'HTTP/1.0 is answered and the connection ended',
    async run({ url }) {
      const { host } = new URL(url)
      const received = await exchange(url, `GET /livez HTTP/1.0\r\nHost: ${host}\r\n\r\n`)
      expect(received).toMatch(/^HTTP\/1\.[01] 200 [^]*alive/)
    },
  },
  {
    name: 'HTTP/1.0 needs no Host',
    async run({ url }) {
      expect(await exchange(url, 'GET /livez HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.[01] 200 /)
    },
    deviations: {
      bun: {
        reason: 'the URL of the `Request` has no host then, so it is refused with 400',
        upstream: 'https://github.com/oven-sh/bun/pull/33721',
      },
      workers: {
        reason: 'workerd refuses it with 400, since a URL needs a host',
        upstream:
          'https://github.com/cloudflare/workerd/blob/main/src/workerd/server/server.c%2B%2B',
      },
    },
  },
  {
    name: 'Expect: 100-continue is met or overtaken by the response',
    async run({ url }) {
      const fields = `Expect: 100-continue\r\nContent-Length: 2\r\n${close}`
      const received = await exchange(url, head(url, 'POST /', fields), 'ok')
      expect(received).toMatch(/^(HTTP\/1\.1 100 Continue\r\n[^]*\r\n)?HTTP\/1\.1 405 /)
    },
  },
  {
    name: 'a chunked upload is read over, extensions and trailers too',
    async run({ url }) {
      const fields = 'Transfer-Encoding: chunked\r\n'
      const chunks = '3;ext="x"\r\nabc\r\n0\r\nTrailer: x\r\n\r\n'
      const received = await exchange(
        url,
        head(url, 'POST /', fields) + chunks + head(url, 'GET /livez'),
      )
      expect(received).toMatch(/^HTTP\/1\.1 405 [^]*HTTP\/1\.1 200 [^]*alive/)
    },
    deviations: {
      bun: {
        reason: 'Bun takes the trailers for the next request and refuses that',
        upstream: 'https://github.com/oven-sh/bun/pull/32887',
      },
    },
  },
]
