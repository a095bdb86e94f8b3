import { parseItem, Token } from 'structured-headers'
import { Client } from 'undici'
import * as v from 'valibot'
import { expect } from 'vitest'
import type { Reply } from '../client.ts'
import { ask } from './contract.ts'
import { type Case, onLambda } from './case.ts'

const noConnections = {
  bun: {
    reason: 'Bun does not say which connection a request came on',
    upstream: 'https://bun.com/reference/bun/Server',
  },
  deno: {
    reason: 'Deno does not say which connection a request came on',
    upstream: 'https://docs.deno.com/api/deno/~/Deno.ServeHandlerInfo',
  },
  workers: {
    reason: "connections end at Cloudflare's edge",
    upstream: 'https://developers.cloudflare.com/workers/runtime-apis/request/',
  },
  ...onLambda({
    reason: "connections end at AWS' front ends",
    upstream:
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html',
  }),
}

const parameters = v.strictObject({
  v: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+(\+([0-9a-f]{12}(-dirty)?|source|unknown))?$/)),
  zone: v.optional(v.string()),
  boot: v.pipe(
    v.instance(Token),
    v.transform((token) => token.toString()),
  ),
  n: v.number(),
  conn: v.optional(v.number()),
  req: v.optional(v.number()),
  draining: v.optional(v.boolean()),
})

const build = v.object({ version: v.string(), commit: v.string() })

function parse({ headers }: Reply) {
  const field = v.parse(v.string(), headers['served-by'])
  const [name, rest] = parseItem(field)
  return { name, ...v.parse(parameters, Object.fromEntries(rest)) }
}

export const identity: Case[] = [
  ...[
    ['GET', '/'],
    ['GET', '/livez'],
    ['HEAD', '/'],
    ['OPTIONS', '/'],
    ['POST', '/'],
    ['GET', '/nope'],
  ].map(([method = '', path = '']): Case => ({
    name: `Served-By on ${method} ${path} is one structured field with name, life and count`,
    async run({ url, replicaName }) {
      expect(parse(await ask(url, path, { method })).name).toBe(replicaName)
    },
  })),
  {
    name: 'Served-By says the version, and of a build that is no release its commit',
    async run({ url }) {
      const { v: version } = parse(await ask(url))
      const said = v.parse(build, JSON.parse((await ask(url, '/version')).body))
      expect([said.version, `${said.version}+${said.commit}`]).toContain(version)
    },
  },
  {
    name: 'Served-By says the zone',
    async run({ url, zone }) {
      expect(parse(await ask(url)).zone).toBe(zone)
      expect(parse(await ask(url, '/nope')).zone).toBe(zone)
    },
  },
  {
    name: 'Served-By counts the responses of one life',
    async run({ url }) {
      const first = parse(await ask(url))
      const second = parse(await ask(url, '/nope'))
      expect(second).toMatchObject({ boot: first.boot, n: first.n + 1 })
    },
  },
  {
    name: 'X-Request-Id is that of the request, on errors too',
    async run({ url }) {
      const headers = { 'x-request-id': 'a1-b2' }
      expect((await ask(url, '/', { headers })).headers['x-request-id']).toBe('a1-b2')
      expect((await ask(url, '/nope', { headers })).headers['x-request-id']).toBe('a1-b2')
    },
  },
  {
    name: 'X-Request-Id is a new one where the request has none, or none to take over',
    async run({ url }) {
      const long = { 'x-request-id': 'x'.repeat(129) }
      const ids = [await ask(url), await ask(url), await ask(url, '/', { headers: long })].map(
        ({ headers }) =>
          v.parse(v.pipe(v.string(), v.regex(/^b[0-9a-f]{8}-\d+$/)), headers['x-request-id']),
      )
      expect(new Set(ids).size).toBe(3)
    },
  },
  {
    name: 'Served-By says nothing of draining while it is not',
    async run({ url }) {
      expect(parse(await ask(url)).draining).toBeUndefined()
    },
  },
  {
    name: 'Served-By counts the requests on a connection',
    async run({ url }) {
      const dispatcher = new Client(url)
      const first = parse(await ask(url, '/', { dispatcher }))
      const second = parse(await ask(url, '/', { dispatcher }))
      await dispatcher.close()
      expect(first.conn).toBeGreaterThan(0)
      expect(first.req).toBe(1)
      expect(second).toMatchObject({ conn: first.conn, req: 2 })
    },
    deviations: noConnections,
  },
  {
    name: 'Served-By counts the connections',
    async run({ url }) {
      const first = parse(await ask(url))
      const second = parse(await ask(url))
      expect(second).toMatchObject({ conn: Number(first.conn) + 1, req: 1 })
    },
    deviations: noConnections,
  },
]
