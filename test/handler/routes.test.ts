import { describe, expect, test } from 'vitest'
import { ask } from './ask.ts'

describe('GET /', () => {
  test('answers exactly the timestamp and the host name', async () => {
    const response = await ask('/')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('{"timestamp":1680353669.546823,"hostname":"42bc3f9174d9"}')
  })

  test('says its type and length, and may not be stored', async () => {
    const { headers } = await ask('/')
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('content-length')).toBe('57')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('counts the length in bytes, not in characters', async () => {
    const response = await ask('/', {}, { hostname: 'überall' })
    const body = await response.bytes()
    expect(response.headers.get('content-length')).toBe(`${body.byteLength}`)
  })

  test('ignores the query', async () => {
    const response = await ask('/?a=b')
    expect(response.status).toBe(200)
  })
})

describe('GET /livez', () => {
  test.for(['starting', 'ready', 'draining'] as const)('is 200 while %s', async (state) => {
    const response = await ask('/livez', {}, { state })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'alive' })
  })
})

describe('GET /readyz', () => {
  test('is 200 while ready', async () => {
    const response = await ask('/readyz')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'ready' })
  })

  test.for(['starting', 'draining'] as const)('is 503 with the reason while %s', async (state) => {
    const response = await ask('/readyz', {}, { state })
    expect(response.status).toBe(503)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({
      status: 503,
      detail: `This replica is ${state}: send traffic to another one.`,
    })
  })
})

test('GET /version says version, commit and runtime', async () => {
  const response = await ask('/version')
  expect(await response.json()).toEqual({
    version: '1.2.3',
    commit: 'abc1234',
    runtime: 'test/1.0',
  })
})
