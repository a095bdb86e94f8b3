import * as v from 'valibot'
import { expect } from 'vitest'
import { ask } from './contract.ts'
import type { Case } from './case.ts'

const document = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ paths: v.record(v.string(), v.unknown()) }),
)

// All other cases check each of their responses against the document.
export const openapiCases: Case[] = [
  {
    name: 'GET /openapi.json is the contract, OpenAPI 3.1 in JSON',
    async run({ url }) {
      const { status, headers, body } = await ask(url, '/openapi.json')
      expect([status, headers['content-type']]).toEqual([200, 'application/json'])
      expect(JSON.parse(body)).toMatchObject({ openapi: '3.1.1', info: { title: 'served-by' } })
    },
  },
  {
    name: 'the contract has every path that a 404 names, and no other',
    async run({ url }) {
      const { body } = await ask(url, '/nope')
      const named = /Try one of: ([^"]*)"/.exec(body)?.[1]?.split(', ')
      const { paths } = v.parse(document, (await ask(url, '/openapi.json')).body)
      expect(named).toEqual(Object.keys(paths))
    },
  },
]
