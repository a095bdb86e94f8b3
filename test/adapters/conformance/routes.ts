import * as v from 'valibot'
import { expect } from 'vitest'
import { ask } from './contract.ts'
import { type Case, paths } from './case.ts'

const answer = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({ timestamp: v.number(), hostname: v.string() }),
)
const version = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({ version: v.string(), commit: v.string(), runtime: v.string() }),
)

const detail: unknown = expect.stringMatching(
  /^There is nothing at this path\. Try one of: \/, \/livez, \/readyz, /,
)

export const routes: Case[] = [
  {
    name: 'GET / answers exactly the timestamp and the host name, compact',
    async run({ url, replicaName }) {
      const { status, body } = await ask(url)
      expect(status).toBe(200)
      expect(body).toMatch(/^\{"timestamp":\d+(\.\d{1,6})?,"hostname":"[^"]+"\}$/)
      expect(v.parse(answer, body).hostname).toBe(replicaName)
    },
  },
  {
    name: 'GET / tells the time of now',
    async run({ url }) {
      const before = Date.now()
      const { timestamp } = v.parse(answer, (await ask(url)).body)
      // A clock may count whole milliseconds only.
      expect(timestamp * 1000).toBeGreaterThanOrEqual(before - 1)
      expect(timestamp * 1000).toBeLessThan(Date.now() + 1)
    },
  },
  {
    name: 'GET / never goes back in time',
    async run({ url }) {
      let last = 0
      for (let i = 0; i < 20; i += 1) {
        const { timestamp } = v.parse(answer, (await ask(url)).body)
        expect(timestamp).toBeGreaterThanOrEqual(last)
        last = timestamp
      }
    },
  },
  {
    name: 'GET /livez says that it is alive',
    async run({ url }) {
      const { status, body } = await ask(url, '/livez')
      expect([status, body]).toEqual([200, '{"status":"alive"}'])
    },
  },
  {
    name: 'GET /readyz says that it is ready',
    async run({ url }) {
      const { status, body } = await ask(url, '/readyz')
      expect([status, body]).toEqual([200, '{"status":"ready"}'])
    },
  },
  {
    name: 'GET /version says version, commit and runtime',
    async run({ url, runtime }) {
      const { status, body } = await ask(url, '/version')
      expect(status).toBe(200)
      const said = v.parse(version, body)
      expect(said.version).toMatch(/^\d+\.\d+\.\d+/)
      expect(said.commit).toMatch(/^([0-9a-f]{12}(-dirty)?|source|unknown)$/)
      expect(said.runtime).toMatch(runtime.says)
    },
  },
  ...paths.map((path): Case => ({
    name: `GET ${path} is JSON, says its length in bytes, may not be stored`,
    async run({ url }) {
      const { headers, body } = await ask(url, path)
      expect(headers['content-type']).toBe('application/json')
      expect(headers['content-length']).toBe(`${Buffer.byteLength(body)}`)
      expect(headers['transfer-encoding']).toBeUndefined()
      expect(headers['cache-control']).toBe('no-store')
    },
  })),
  {
    name: 'an unknown path is 404 as problem details (RFC 9457)',
    async run({ url }) {
      const { status, headers, body } = await ask(url, '/nope')
      expect(status).toBe(404)
      expect(headers['content-type']).toBe('application/problem+json')
      expect(headers['content-length']).toBe(`${Buffer.byteLength(body)}`)
      expect(headers['cache-control']).toBe('no-store')
      expect(JSON.parse(body)).toEqual({
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail,
      })
    },
  },
  {
    name: 'no response may be taken for another type than it says (nosniff)',
    async run({ url }) {
      const replies = [
        ...(await Promise.all([...paths, '/nope'].map((path) => ask(url, path)))),
        await ask(url, '/', { method: 'POST' }),
        await ask(url, '/', { method: 'OPTIONS' }),
      ]
      for (const { headers } of replies) expect(headers['x-content-type-options']).toBe('nosniff')
    },
  },
  {
    name: 'no response says what software serves it',
    async run({ url }) {
      for (const path of ['/', '/nope']) {
        const { headers } = await ask(url, path)
        expect(headers['server']).toBeUndefined()
        expect(headers['x-powered-by']).toBeUndefined()
      }
    },
  },
]
