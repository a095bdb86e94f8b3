import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createHandler } from '../../src/handler/index.ts'
import { ask } from './ask.ts'
import { testReplica } from './test-replica.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const decoder = new TextDecoder()

/** Opens a stream of events; what has come is read with the time standing still. */
async function open(path = '/events', { drainDelay = 5, draining = new AbortController() } = {}) {
  const response = await ask(path, {}, { draining: draining.signal }, { drainDelay })
  const reader = response.body?.getReader()
  if (!reader) throw new Error('There is no stream.')
  let text = ''
  let ended = false
  void (async () => {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read())
      text += decoder.decode(chunk.value)
    ended = true
  })()
  const after = async (seconds: number) => {
    await vi.advanceTimersByTimeAsync(seconds * 1000)
    const came = text
    text = ''
    return came
  }
  return {
    response,
    draining,
    after,
    hasEnded: () => ended,
    leave: () => reader.cancel(),
    first: await after(0),
  }
}

const data = 'data: {"timestamp":1680353669.546823,"hostname":"42bc3f9174d9"}\n\n'

test('is a stream that nobody may store, collect or take for another type', async () => {
  const { response } = await open()
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  expect(response.headers.has('content-length')).toBe(false)
})

test('begins with a tick at once, and says when to come again', async () => {
  expect((await open()).first).toBe(`retry: 500\nid: b41c09d2-1\n${data}`)
})

test('ticks every second, each with an id of its own', async () => {
  const { after } = await open()
  expect(await after(0.9)).toBe('')
  expect(await after(0.1)).toBe(`id: b41c09d2-2\n${data}`)
  expect(await after(2)).toBe(`id: b41c09d2-3\n${data}id: b41c09d2-4\n${data}`)
})

test.for([
  ['0.1', 10],
  ['0.5', 2],
  ['60', 0],
] as const)('?interval=%s ticks %i times in a second', async ([interval, ticks]) => {
  const { after } = await open(`/events?interval=${interval}`)
  expect((await after(1)).match(/^id: /gm) ?? []).toHaveLength(ticks)
})

test.for(['0', '0.09', '60.1', '61', '-1', 'x', '', '1e1', ' 1', 'Infinity', '0x1'])(
  '?interval=%s is 400 with the range',
  async (interval) => {
    const response = await ask(`/events?interval=${interval}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      detail: 'The interval must be a number from 0.1 to 60 (seconds).',
    })
  },
)

test('HEAD leaves no timer behind', async () => {
  const response = await ask('/events', { method: 'HEAD' })
  expect([response.status, response.body]).toEqual([200, null])
  expect(vi.getTimerCount()).toBe(0)
})

test('a client that leaves, leaves no timer behind', async () => {
  const streams = await Promise.all([open(), open(), open()])
  expect(vi.getTimerCount()).toBe(3)
  for (const { leave } of streams) await leave()
  expect(vi.getTimerCount()).toBe(0)
})

test('a client that does not read gets no old ticks later', async () => {
  const response = await ask('/events?interval=1')
  const reader = response.body?.getReader()
  await reader?.read()
  expect(vi.getTimerCount()).toBe(0)
  await vi.advanceTimersByTimeAsync(10_000)
  const tick = await reader?.read()
  expect(decoder.decode(tick?.value)).toContain('id: b41c09d2-2\n')
  void reader?.read()
  await vi.advanceTimersByTimeAsync(900)
  expect(vi.getTimerCount()).toBe(1)
})

describe('when the replica drains', () => {
  test('each stream says so at once, goes on, and ends after the delay', async () => {
    const { draining, after, hasEnded } = await open()
    await after(0.5)
    draining.abort()
    expect(await after(0)).toBe(`event: draining\nid: b41c09d2-2\n${data}`)
    expect(await after(0.5)).toBe(`id: b41c09d2-3\n${data}`)
    await after(4.49)
    expect(hasEnded()).toBe(false)
    await after(1.01)
    expect(hasEnded()).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('the ends are spread over a second', async () => {
    const draining = new AbortController()
    const response = () => open('/events', { draining })
    const streams = await Promise.all(Array.from({ length: 200 }, response))
    // Of one replica, as all of them share the signal.
    draining.abort()
    await vi.advanceTimersByTimeAsync(5000)
    const open5 = streams.filter(({ hasEnded }) => !hasEnded()).length
    await vi.advanceTimersByTimeAsync(500)
    const open55 = streams.filter(({ hasEnded }) => !hasEnded()).length
    expect(open5).toBeGreaterThan(190)
    expect(open55).toBeGreaterThan(50)
    expect(open55).toBeLessThan(150)
    await vi.advanceTimersByTimeAsync(500)
    expect(streams.every(({ hasEnded }) => hasEnded())).toBe(true)
  })

  test('a new stream is a 200 that says so, and ends as the others do', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    const draining = new AbortController()
    const replica = testReplica({ draining: draining.signal, state: 'draining' })
    const handler = createHandler(replica, { drainDelay: 5, onError: () => expect.unreachable() })
    draining.abort()
    await vi.advanceTimersByTimeAsync(3000)
    const response = await handler(new Request('http://replica.test/events'), {})
    expect(response.status).toBe(200)
    const text = response.text()
    await vi.advanceTimersByTimeAsync(2500)
    expect(await text).toMatch(/^retry: 500\nevent: draining\nid: b41c09d2-1\n/)
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('a runtime that cannot stream answers 501 at once', async () => {
  const buffered = { seconds: 2, bytes: 1000 }
  const response = await ask('/events', {}, {}, { buffered })
  expect(response.status).toBe(501)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
})
