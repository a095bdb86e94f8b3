// How responses are framed, and what is said about the connection.
import { gunzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { exchange, open } from '../wire.ts'
import { named, type ServeCase } from './case.ts'

const close = 'Connection: close\r\n'

/** A response on a connection that ends with it: its head and its content as they are. */
async function sent(url: string, line: string): Promise<{ head: string; content: string }> {
  const received = await exchange(url, named(url).head(line, close))
  const end = received.indexOf('\r\n\r\n')
  return { head: received.slice(0, end), content: received.slice(end + 4) }
}

const chunked: ServeCase['deviations'] = {
  bun: {
    reason: 'Bun sends every stream in chunks, whatever length it is said to have',
    upstream: 'https://github.com/oven-sh/bun/issues/10507',
  },
}

const unframed = (status: number): ServeCase => ({
  name: `nothing says how the content of a ${status} is framed`,
  async run(url) {
    const { head, content } = await sent(url, `GET /framed-${status}`)
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(head).not.toMatch(/^(content-length|transfer-encoding):/im)
    expect(content).toBe('')
  },
})

export const framing: ServeCase[] = [
  {
    name: 'what fetch has decoded is sent without its old coding and length',
    async run(url) {
      const { head, content } = await sent(url, 'GET /fetched')
      expect(head).toMatch(/^HTTP\/1\.1 200 /)
      expect(head).not.toMatch(/^content-encoding:/im)
      const length = /^content-length: (\d+)/im.exec(head)?.[1]
      if (length) expect(length).toBe('500')
      expect(content).toMatch(/^(1f4\r\n)?x{500}(\r\n0\r\n\r\n)?$/i)
    },
  },
  {
    name: 'what a handler has compressed itself passes as it is',
    async run(url) {
      const { head, content } = await sent(url, 'GET /gzip')
      expect(head).toMatch(/^content-encoding: gzip$/im)
      expect(gunzipSync(Buffer.from(content, 'latin1')).toString()).toBe('x'.repeat(500))
    },
  },
  {
    name: 'fields about the connection of a handler are not sent',
    async run(url) {
      const { head, content } = await sent(url, 'GET /hops')
      expect(head).not.toMatch(/x-secret|^proxy-connection|timeout=5000|^transfer-encoding|gzip/im)
      expect(content).toBe('hops')
    },
  },
  {
    name: 'a handler does not keep a connection of HTTP/1.0',
    async run(url) {
      const { host } = new URL(url)
      const received = await exchange(url, `GET /hops HTTP/1.0\r\nHost: ${host}\r\n\r\n`)
      expect(received).not.toMatch(/^connection: keep-alive/im)
      expect(received).toMatch(/hops$/)
    },
  },
  {
    name: 'a handler may have the connection ended',
    async run(url) {
      const wire = await open(url)
      wire.send(named(url).head('GET /closing'))
      expect(await wire.ended()).toMatch(/^connection: close$/im)
    },
    deviations: {
      deno: {
        reason: 'Deno goes on serving on a connection after `Connection: close`',
        upstream: 'https://github.com/denoland/deno/issues/9411',
      },
    },
  },
  unframed(204),
  unframed(304),
  {
    name: 'a stream that is shorter than its length ends the connection',
    async run(url) {
      const received = await exchange(url, named(url).head('GET /too-short'))
      expect(received).toMatch(/^(?![^])|^content-length: 10\r\n[^]*\r\n\r\n(abc)?$/im)
    },
    deviations: chunked,
  },
  {
    name: 'a stream that is longer than its length never reaches the next response',
    async run(url) {
      const received = await exchange(url, named(url).head('GET /too-long'))
      expect(received).toMatch(/^(?![^])|^content-length: 3\r\n[^]*\r\n\r\n(abc)?$/im)
    },
    deviations: chunked,
  },
  {
    name: 'Latin-1 in a field is the same with and without content',
    async run(url) {
      for (const path of ['/latin-1', '/latin-1-empty'])
        expect((await sent(url, `GET ${path}`)).head).toMatch(/^x-latin: caf\xe9$/im)
    },
  },
]
