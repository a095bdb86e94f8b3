import { describe, expect, test } from 'vitest'
import { createHandler } from '../../src/handler/index.ts'
import type { Route } from '../../src/handler/router.ts'
import { testReplica } from './test-replica.ts'

const secret = 'secret-from-inside'
const error = new Error(secret)

function throwing(cause: unknown): Route {
  return () => {
    throw cause
  }
}

/* eslint-disable @typescript-eslint/prefer-promise-reject-errors -- handlers may reject with anything */
const failures: [string, Route, unknown][] = [
  ['throws an Error', throwing(error), error],
  ['throws a string', throwing(secret), secret],
  ['throws null', throwing(null), null],
  ['rejects with an Error', () => Promise.reject(error), error],
  ['rejects with null', () => Promise.reject(null), null],
  // @ts-expect-error -- a handler in plain JavaScript may forget to return
  ['returns nothing', () => undefined, expect.any(TypeError)],
  // @ts-expect-error -- the same, later
  ['resolves with nothing', () => Promise.resolve(undefined), expect.any(TypeError)],
]
/* eslint-enable */

describe.for(failures)('a route that %s', ([, route, cause]) => {
  const causes: unknown[] = []
  const handler = createHandler(testReplica(), {
    routes: {
      '/': { GET: route },
      '/fine': { GET: () => ({ status: 200, body: 'x' }) },
    },
    onError: (reported) => causes.push(reported),
  })

  test('is a plain 500 without internals, reported once with its cause', async () => {
    const response = await handler(new Request('http://replica.test/'), {})
    expect(response.status).toBe(500)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('served-by')).toMatch(/^"42bc3f9174d9"/)
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      detail: 'The service failed to answer this request. Its log says why.',
    })
    expect(causes).toEqual([cause])
  })

  test('does not keep the next request from being answered', async () => {
    const response = await handler(new Request('http://replica.test/fine'), {})
    expect(response.status).toBe(200)
  })
})
