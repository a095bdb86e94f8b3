import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { ask } from '../client.ts'
import { open } from '../wire.ts'
import { errors, named, type ServeCase } from './case.ts'
import { unsendables } from './fixture/failures.ts'

const close = 'Connection: close\r\n'
const secret = 'secret-from-inside'

function fails(path: string, name: string, cause: string): ServeCase {
  return {
    name: `${name} is a plain 500 without internals, reported once`,
    async run(url) {
      const before = await errors(url)
      const { status, headers, body } = await ask(url, path)
      expect([status, headers['x-content-type-options']]).toEqual([500, 'nosniff'])
      expect(JSON.stringify(headers) + body).not.toContain(secret)
      expect((await errors(url)).slice(before.length)).toEqual([cause])
    },
  }
}

/** A response whose body fails, seen by the client; gives what came before that. */
async function breaksOff(url: string, path: string, fields = ''): Promise<string> {
  const wire = await open(url)
  wire.send(named(url).head(`GET ${path}`, fields))
  return wire.ended()
}

/** A response in place of one that could not be sent, after which the connection goes on. */
function replaced(path: string, name: string): ServeCase {
  return {
    name: `${name} is a plain 500 with nothing of it, reported once`,
    async run(url) {
      const before = await errors(url)
      const wire = await open(url)
      wire.send(named(url).head(`GET ${path}`))
      await wire.until(/\r\n\r\n/)
      wire.send(named(url).head('GET /unread', close))
      const received = await wire.ended()
      expect(received).toMatch(/^HTTP\/1\.1 500 Internal Server Error\r\n/)
      expect(received).toMatch(/^x-content-type-options: nosniff\r$/im)
      expect(received).not.toMatch(
        /secret|set-cookie|x-of-the-failed|^content-length: 5\r|Fine|bun/im,
      )
      expect(received).toMatch(/HTTP\/1\.1 200 [^]*unread/)
      expect((await errors(url)).slice(before.length)).toHaveLength(1)
    },
  }
}

/** A response that cannot be sent to its end, and what the server does after it. */
function cut(path: string, name: string, deviations: ServeCase['deviations'] = {}): ServeCase {
  return {
    name: `${name} is a plain 500, or seen to fail`,
    async run(url) {
      const before = await errors(url)
      const received = await breaksOff(url, path, close)
      if (!received.startsWith('HTTP/1.1 500 ')) expect(received).not.toMatch(/\r\n0\r\n\r\n$/)
      expect(received).not.toMatch(/secret/)
      expect((await ask(url, '/unread')).body).toBe('unread')
      expect((await errors(url)).slice(before.length)).toHaveLength(1)
    },
    deviations,
  }
}

const untold = {
  bun: {
    reason: 'Bun prints the cause to stderr and tells nobody',
    upstream: 'https://github.com/oven-sh/bun/pull/35229',
  },
}

export const failures: ServeCase[] = [
  ...unsendables.flatMap((what) => {
    const name = what.replaceAll('-', ' ')
    return [
      replaced(`/gives/${what}`, `a handler that gives ${name}`),
      replaced(`/promises/${what}`, `a handler that promises ${name}`),
    ]
  }),
  replaced('/throws-undefined', 'a handler that throws undefined'),
  replaced('/throws-symbol', 'a handler that throws a symbol'),
  replaced('/rejects-number', 'a handler that rejects with a number'),
  cut('/fails-at-once', 'a stream that has failed', untold),
  cut('/fails-with-its-first', 'a stream that fails along with its first chunk', untold),
  cut('/fails-with-undefined', 'a stream that fails with undefined', untold),
  cut('/sends-no-bytes', 'a stream of what is no bytes', untold),
  {
    name: 'HEAD of a form is answered, and harms nobody',
    async run(url) {
      const { status } = await ask(url, '/form-body', { method: 'HEAD' })
      expect(status).toBe(200)
      await sleep(50)
      expect((await ask(url, '/form-body')).body).toContain('x'.repeat(100_000))
    },
  },
  fails('/throws-error', 'a handler that throws an Error', `Error: ${secret}`),
  fails('/throws-string', 'a handler that throws a string', secret),
  fails('/throws-null', 'a handler that throws null', 'null'),
  fails('/rejects-error', 'a handler that rejects', `Error: ${secret}`),
  fails('/rejects-null', 'a handler that rejects with null', 'null'),
  fails(
    '/returns-nothing',
    'a handler that returns nothing',
    'TypeError: The handler returned nothing.',
  ),
  {
    name: 'a stream that fails before its first chunk is seen to fail',
    async run(url) {
      // A 500, or a connection that ends too early.
      const received = await breaksOff(url, '/fails-first', 'Connection: close\r\n')
      expect(received).not.toMatch(/\r\n0\r\n\r\n$/)
      expect(received).not.toContain(secret)
    },
  },
  {
    name: 'a stream that fails midway is seen to fail: its last chunk is missing',
    async run(url) {
      const received = await breaksOff(url, '/fails-midway')
      expect(received).toMatch(/^HTTP\/1\.1 200 [^]*first/)
      expect(received).not.toMatch(/\r\n0\r\n\r\n$/)
      expect(received).not.toContain(secret)
    },
  },
  {
    name: 'a stream that fails short of its length is seen to fail: the connection ends',
    async run(url) {
      const received = await breaksOff(url, '/fails-short')
      expect(received).toMatch(/^content-length: 100$/im)
      expect(received).toMatch(/\r\n\r\nfirst$/)
    },
    deviations: {
      bun: {
        reason: 'Bun sends every stream in chunks, whatever length it is said to have',
        upstream: 'https://github.com/oven-sh/bun/issues/10507',
      },
    },
  },
  {
    name: 'a stream that fails is reported once',
    async run(url) {
      const before = await errors(url)
      await breaksOff(url, '/fails-midway')
      expect((await errors(url)).slice(before.length)).toEqual([`Error: ${secret}`])
    },
    deviations: {
      bun: {
        reason: 'Bun prints the cause to stderr and tells nobody',
        upstream: 'https://github.com/oven-sh/bun/pull/35229',
      },
    },
  },
  {
    name: 'a stream that fails when it is cancelled harms nobody',
    async run(url) {
      const wire = await open(url)
      wire.send(named(url).head('GET /fails-on-cancel'))
      await wire.until(/first/)
      wire.socket.destroy()
      expect((await ask(url, '/unread')).status).toBe(200)
    },
  },
  {
    name: 'after all of that the server still serves',
    async run(url) {
      for (const path of ['/throws-null', '/fails-first', '/fails-midway', '/fails-short'])
        await ask(url, path).catch(() => undefined)
      expect((await ask(url, '/unread')).body).toBe('unread')
    },
  },
]
