import * as v from 'valibot'
import { expect } from 'vitest'
import { ask } from './contract.ts'
import type { Case } from './case.ts'

const answer = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    hostname: v.string(),
    hops: v.number(),
    error: v.optional(v.string()),
    upstreams: v.array(
      v.object({
        url: v.string(),
        status: v.optional(v.number()),
        servedBy: v.optional(v.string()),
        duration: v.number(),
        body: v.optional(v.looseObject({})),
        error: v.optional(v.string()),
      }),
    ),
  }),
)

async function chain(url: string, headers: Record<string, string> = {}) {
  const { status, body } = await ask(url, '/chain', { headers })
  expect(status).toBe(200)
  return v.parse(answer, body)
}

export const chainCases: Case[] = [
  {
    name: 'GET /chain nests what each upstream said; a silent or broken one spoils no other',
    async run({ url, upstream, replicaName }) {
      const { hostname, hops, upstreams } = await chain(url)
      expect([hostname, hops]).toEqual([replicaName, 0])
      const [fine, silent, broken] = upstreams
      expect(fine).toMatchObject({ url: `${upstream}fine`, status: 200, servedBy: '"upstream"' })
      expect(fine?.error).toBeUndefined()
      expect(silent).toMatchObject({ url: `${upstream}silent`, error: 'no answer within 1 s' })
      expect(broken?.url).toBe(`${upstream}broken`)
      expect(broken?.error).toBeDefined()
    },
  },
  {
    name: 'GET /chain passes traceparent, tracestate and X-Request-Id on, and begins a trace',
    async run({ url }) {
      const fields = {
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        tracestate: 'rojo=00f067aa0ba902b7',
        'x-request-id': 'a1-b2',
      }
      const answers = await Promise.all([chain(url, fields), chain(url)])
      const [passedOn, begun] = answers.map(({ upstreams }) => upstreams[0]?.body)
      expect(passedOn).toMatchObject({ ...fields, 'x-chain-hops': '1' })
      expect(begun?.['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/)
    },
  },
  {
    name: 'GET /chain ends a loop with an error, and asks nobody',
    async run({ url }) {
      expect(await chain(url, { 'x-chain-hops': '5' })).toMatchObject({
        upstreams: [],
        error: 'the chain ends after 5 hops: a loop?',
      })
    },
  },
]
