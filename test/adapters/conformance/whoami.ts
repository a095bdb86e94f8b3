import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { expect } from 'vitest'
import { ask } from './contract.ts'
import { exchange } from '../wire.ts'
import { type Case, onLambda } from './case.ts'

const shown = v.array(
  v.object({ name: v.string(), value: v.optional(v.string()), length: v.optional(v.number()) }),
)
const answer = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    replica: v.object({ hostname: v.string(), boot: v.string(), state: v.string() }),
    place: v.object({ zone: v.string() }),
    connection: v.looseObject({ remoteAddress: v.optional(v.string()) }),
    request: v.object({
      method: v.string(),
      target: v.string(),
      query: shown,
      fields: shown,
      body: v.nullable(
        v.object({
          bytes: v.number(),
          sha256: v.string(),
          firstByteAt: v.optional(v.number()),
          lastByteAt: v.optional(v.number()),
          whole: v.boolean(),
        }),
      ),
    }),
  }),
)

async function whoami(url: string, path = '/whoami', options: Parameters<typeof ask>[2] = {}) {
  const { status, headers, body } = await ask(url, path, options)
  expect([status, headers['content-type']]).toEqual([200, 'application/json'])
  return v.parse(answer, body)
}

const combined = {
  reason: 'the runtime gives only `Headers`, which are sorted, in lower case, and combine repeats',
  upstream: 'https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine',
}

export const whoamiCases: Case[] = [
  {
    name: '/whoami says who answers and where',
    async run({ url, replicaName, zone }) {
      const { replica, place } = await whoami(url)
      expect(replica).toMatchObject({ hostname: replicaName, state: 'ready' })
      expect(place.zone).toBe(zone)
    },
  },
  {
    name: '/whoami says the address that the request came from',
    async run({ url }) {
      const { connection } = await whoami(url)
      expect(connection.remoteAddress).toMatch(/127\.0\.0\.1$/)
    },
    deviations: {
      workers: {
        reason: "it is Cloudflare's edge that knows it, and says it in CF-Connecting-IP",
        upstream: 'https://developers.cloudflare.com/fundamentals/reference/http-headers/',
      },
    },
  },
  ...['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].map((method): Case => ({
    name: `/whoami takes ${method} and says method and target`,
    async run({ url }) {
      const { request } = await whoami(url, '/whoami?a=1&b=2', { method })
      expect(request).toMatchObject({ method, target: '/whoami?a=1&b=2' })
    },
  })),
  {
    name: '/whoami shows the header fields in their order, and repeats apart',
    async run({ url }) {
      const fields = 'X-B: 1\r\nx-a: 2\r\nX-B: 3\r\nConnection: close\r\n'
      const head = `GET /whoami HTTP/1.1\r\nHost: ${new URL(url).host}\r\n${fields}\r\n`
      const received = await exchange(url, head)
      expect(received).toContain(
        '{"name":"X-B","value":"1"},{"name":"x-a","value":"2"},{"name":"X-B","value":"3"}',
      )
    },
    deviations: { bun: combined, deno: combined, workers: combined, ...onLambda(combined) },
  },
  {
    name: '/whoami shows of credentials in fields and query their length only',
    async run({ url }) {
      const headers = { authorization: 'Bearer v3ry-s3cret', 'x-api-key': 'v3ry-s3cret' }
      const path = '/whoami?a=1&token=v3ry-s3cret&TOKEN=v3ry-s3cret&tok%65n=v3ry-s3cret&token=x'
      for (const accept of ['application/json', 'text/plain']) {
        const { status, body } = await ask(url, path, { headers: { ...headers, accept } })
        expect(status).toBe(200)
        expect(body).not.toContain('v3ry-s3cret')
        expect(body.toLowerCase()).toContain('authorization')
      }
      const { request } = await whoami(url, path, { headers })
      expect(request.query).toContainEqual({ name: 'TOKEN', length: 11 })
    },
  },
  {
    name: '/whoami answers at once whatever a field is full of',
    async run({ url }) {
      for (const text of ['key', 'key=', '%2525', 'a?'])
        await whoami(url, '/whoami', { headers: { 'x-a': text.repeat(12_000 / text.length) } })
    },
  },
  {
    name: '/whoami tells the length and the SHA-256 of a body, and when it came',
    async run({ url }) {
      const before = Date.now() / 1000 - 1
      const content = 'ü'.repeat(50_000)
      const { request } = await whoami(url, '/whoami', { method: 'POST', body: content })
      expect(request.body).toMatchObject({
        bytes: 100_000,
        sha256: createHash('sha256').update(content).digest('hex'),
        whole: true,
      })
      const { firstByteAt = 0, lastByteAt = 0 } = request.body ?? {}
      expect(firstByteAt).toBeGreaterThan(before)
      expect(lastByteAt).toBeGreaterThanOrEqual(firstByteAt)
    },
  },
  {
    name: '/whoami reads a body up to the limit, and refuses a larger one with 413',
    async run({ url }) {
      const post = (bytes: number) =>
        ask(url, '/whoami', { method: 'POST', body: Buffer.alloc(bytes) })
      expect((await post(1_048_576)).status).toBe(200)
      expect((await post(1_048_577)).status).toBe(413)
      expect((await ask(url)).status).toBe(200)
    },
  },
  {
    name: '/whoami is aligned lines for Accept: text/plain',
    async run({ url, replicaName }) {
      const { headers, body } = await ask(url, '/whoami', { headers: { accept: 'text/plain' } })
      expect(headers['content-type']).toBe('text/plain; charset=utf-8')
      expect(body).toMatch(RegExp(`^replica\n  hostname +${replicaName}\n  boot +b`))
    },
  },
]
