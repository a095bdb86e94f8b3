import { expect } from 'vitest'
import type { Reply } from '../client.ts'
import { ask } from './contract.ts'
import { type Case, onLambda, paths } from './case.ts'

const allow = 'GET, HEAD, OPTIONS'
const forbidden = {
  reason: 'the `Request` of the fetch standard refuses the method',
  upstream: 'https://fetch.spec.whatwg.org/#forbidden-method',
}

export const methods: Case[] = [
  ...[...paths, '/nope'].map((path): Case => ({
    name: `HEAD ${path} equals GET without the body, length included`,
    async run({ url }) {
      const [get, head] = [await ask(url, path), await ask(url, path, { method: 'HEAD' })]
      expect(head.status).toBe(get.status)
      expect(head.body).toBe('')
      const fields = ({ headers }: Reply) => ({
        ...headers,
        // What differs from response to response, or is about the connection.
        date: undefined,
        connection: undefined,
        'keep-alive': undefined,
        'served-by': undefined,
        'x-request-id': undefined,
        // The timestamp of `/` may have fewer digits.
        'content-length':
          path === '/' ? headers['content-length']?.length : headers['content-length'],
      })
      expect(fields(head)).toEqual(fields(get))
    },
  })),
  ...paths.map((path): Case => ({
    name: `OPTIONS ${path} is 204 with Allow`,
    async run({ url }) {
      const { status, headers, body } = await ask(url, path, { method: 'OPTIONS' })
      expect([status, headers['allow'], body]).toEqual([204, allow, ''])
    },
  })),
  ...['POST', 'PUT', 'DELETE', 'PATCH'].map((method): Case => ({
    name: `${method} is 405 with Allow, on every path`,
    async run({ url }) {
      for (const path of paths) {
        const { status, headers, body } = await ask(url, path, { method })
        expect([status, headers['allow']]).toEqual([405, allow])
        expect(headers['content-type']).toBe('application/problem+json')
        expect(JSON.parse(body)).toMatchObject({ status: 405, title: 'Method Not Allowed' })
      }
    },
  })),
  {
    name: 'POST, DELETE and OPTIONS on an unknown path are 404',
    async run({ url }) {
      for (const method of ['POST', 'DELETE', 'OPTIONS'])
        expect((await ask(url, '/nope', { method })).status).toBe(404)
    },
  },
  {
    name: 'TRACE is 405 with Allow',
    async run({ url }) {
      const { status, headers } = await ask(url, '/', { method: 'TRACE' })
      expect([status, headers['allow']]).toEqual([405, allow])
    },
    deviations: onLambda(forbidden),
  },
]
