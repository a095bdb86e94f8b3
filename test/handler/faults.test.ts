import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createHandler, type HandlerOptions } from '../../src/handler/index.ts'
import { ask } from './ask.ts'
import { testReplica } from './test-replica.ts'

const on = { faults: true }
const buffered = { seconds: 2, bytes: 1000 }
const get = (path: string, init: RequestInit = {}, options: Partial<HandlerOptions> = {}) =>
  ask(path, init, {}, { ...on, ...options })

async function detail(response: Response): Promise<unknown> {
  const problem: unknown = await response.json()
  return problem
}

const faults = ['/status/200', '/delay/0', '/bytes/1', '/faults']

test.for(faults)('%s is 404 without FAULTS=on, for every method', async (path) => {
  for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS'])
    expect((await ask(path, { method })).status).toBe(404)
})

describe('/status/{code}', () => {
  test.for([200, 202, 299, 301, 400, 404, 418, 429, 500, 503, 599])('answers %i', async (code) => {
    const response = await get(`/status/${code}`)
    expect(response.status).toBe(code)
    expect(await response.json()).toMatchObject({ status: code })
    expect(response.headers.get('location')).toBeNull()
  })

  test.for([204, 205, 304])('answers %i without content', async (code) => {
    const response = await get(`/status/${code}`)
    expect([response.status, response.body]).toEqual([code, null])
    expect(response.headers.get('content-type')).toBeNull()
  })

  test.for(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'BREW'])('takes %s', async (method) => {
    expect((await get('/status/503', { method })).status).toBe(503)
  })

  test.for(['199', '600', '100', '-1', '200.5', 'abc', '', '%32%30%30', '2e2', '99999999999'])(
    '/status/%s is 400 with the range',
    async (code) => {
      const response = await get(`/status/${code}`)
      if (code === '0200') return
      expect(response.status).toBe(400)
      expect(await detail(response)).toMatchObject({
        detail: 'The status must be a whole number from 200 to 599.',
      })
    },
  )

  test.for(['/status', '/status/200/', '/status/200/x', '/status/../status/x/200'])(
    '%s is another path: 404',
    async (path) => {
      expect((await get(path)).status).toBe(404)
    },
  )
})

describe('with a clock of its own', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('/delay/{seconds} answers after that time, whatever the method', async () => {
    for (const method of ['GET', 'POST']) {
      let answered = false
      void get('/delay/2.5', { method }).then(() => (answered = true))
      await vi.advanceTimersByTimeAsync(2499)
      expect(answered).toBe(false)
      await vi.advanceTimersByTimeAsync(1)
      expect(answered).toBe(true)
    }
  })

  test('/delay/{seconds} ends when the client leaves, without a timer', async () => {
    const client = new AbortController()
    const response = get('/delay/600', { signal: client.signal })
    await vi.advanceTimersByTimeAsync(1000)
    expect(vi.getTimerCount()).toBe(1)
    client.abort()
    await response
    expect(vi.getTimerCount()).toBe(0)
  })

  test.for(['601', '-1', 'x', '', '1e2', '600.1'])(
    '/delay/%s is 400 with the range',
    async (delay) => {
      const response = await get(`/delay/${delay}`)
      expect(response.status).toBe(400)
      expect(await detail(response)).toMatchObject({
        detail: 'The delay must be a number from 0 to 600 (seconds).',
      })
    },
  )

  test('/bytes/{n}?over= spreads them over the time', async () => {
    const response = await get('/bytes/1000?over=10')
    let bytes = 0
    let ended = false
    void (async () => {
      for await (const chunk of response.body ?? []) bytes += chunk.byteLength
      ended = true
    })()
    await vi.advanceTimersByTimeAsync(5000)
    expect(bytes).toBeGreaterThan(400)
    expect(bytes).toBeLessThan(600)
    await vi.advanceTimersByTimeAsync(4999)
    expect(ended).toBe(false)
    await vi.advanceTimersByTimeAsync(2)
    expect([bytes, ended]).toEqual([1000, true])
  })

  test('/bytes/{n}?over= ends when the client leaves, without a timer', async () => {
    const reader = (await get('/bytes/1000?over=600')).body?.getReader()
    void reader?.read()
    await vi.advanceTimersByTimeAsync(1)
    expect(vi.getTimerCount()).toBe(1)
    await reader?.cancel()
    expect(vi.getTimerCount()).toBe(0)
  })

  describe('/faults', () => {
    /** One replica, which keeps its sickness from request to request. */
    function replica(options: Partial<HandlerOptions> = {}) {
      const handler = createHandler(testReplica(), {
        ...on,
        onError: () => expect.unreachable(),
        ...options,
      })
      const send = async (path: string, init?: RequestInit) =>
        handler(new Request(`http://replica.test${path}`, init), {})
      const json = { 'content-type': 'application/json' }
      return {
        send,
        begin: (wanted: unknown, headers: Record<string, string> = json) =>
          send('/faults', { method: 'POST', headers, body: JSON.stringify(wanted) }),
      }
    }

    test('says what it does until when; each field has a default', async () => {
      const { begin } = replica()
      const response = await begin({})
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual({
        latencyMs: 0,
        errorRate: 0,
        unready: false,
        until: 1680353729.546823,
      })
    })

    test('errorRate makes that share of the answers 500', async () => {
      const { begin, send } = replica()
      await begin({ errorRate: 0.25 })
      const random = vi.spyOn(Math, 'random')
      for (const [drawn, status] of [
        [0, 500],
        [0.2499, 500],
        [0.25, 200],
        [0.99, 200],
      ] as const) {
        random.mockReturnValue(drawn)
        expect((await send('/')).status).toBe(status)
      }
      random.mockRestore()
    })

    test('latency and errors never touch /livez, /readyz and /faults', async () => {
      const { begin, send } = replica()
      await begin({ errorRate: 1, latencyMs: 60_000 })
      for (const path of ['/livez', '/readyz']) expect((await send(path)).status).toBe(200)
      expect((await send('/faults', { method: 'DELETE' })).status).toBe(204)
      expect((await send('/')).status).toBe(200)
    })

    test('latency delays every answer, until the client leaves', async () => {
      const { begin, send } = replica()
      await begin({ latencyMs: 500 })
      let answered = false
      void send('/version').then(() => (answered = true))
      await vi.advanceTimersByTimeAsync(499)
      expect(answered).toBe(false)
      await vi.advanceTimersByTimeAsync(1)
      expect(answered).toBe(true)
      const client = new AbortController()
      const left = send('/', { signal: client.signal })
      client.abort()
      await left
      expect(vi.getTimerCount()).toBe(0)
    })

    test('unready turns /readyz alone, with the reason', async () => {
      const { begin, send } = replica()
      await begin({ unready: true })
      const response = await send('/readyz')
      expect(response.status).toBe(503)
      expect(await detail(response)).toMatchObject({
        detail: 'This replica is made unready by POST /faults: send traffic to another one.',
      })
      for (const path of ['/', '/livez', '/version']) expect((await send(path)).status).toBe(200)
    })

    test('is over by itself after `for` seconds, and at once by DELETE', async () => {
      const { begin, send } = replica()
      await begin({ unready: true, for: 10 })
      await vi.advanceTimersByTimeAsync(9999)
      expect((await send('/readyz')).status).toBe(503)
      await vi.advanceTimersByTimeAsync(1)
      expect((await send('/readyz')).status).toBe(200)
      await begin({ unready: true })
      const ended = await send('/faults', { method: 'DELETE' })
      expect([ended.status, ended.body]).toEqual([204, null])
      expect((await send('/readyz')).status).toBe(200)
    })

    test('another POST takes the place of the one before', async () => {
      const { begin, send } = replica()
      await begin({ unready: true })
      await begin({ latencyMs: 1 })
      expect((await send('/readyz')).status).toBe(200)
    })

    const bad: [unknown, string][] = [
      [{ latencyMs: 60_001 }, 'latencyMs must be a number from 0 to 60000.'],
      [{ latencyMs: -1 }, 'latencyMs must be a number from 0 to 60000.'],
      [{ latencyMs: '5' }, 'latencyMs must be a number from 0 to 60000.'],
      [{ errorRate: 1.1 }, 'errorRate must be a number from 0 to 1.'],
      [{ unready: 'yes' }, 'unready must be true or false.'],
      [{ for: 0.5 }, 'for must be a number from 1 to 3600.'],
      [{ for: 3601 }, 'for must be a number from 1 to 3600.'],
      [
        { latency: 5 },
        'latency must be absent: the fields are latencyMs, errorRate, unready and for.',
      ],
      [[], 'The body must be a JSON object.'],
      [null, 'The body must be a JSON object.'],
      ['x', 'The body must be a JSON object.'],
    ]
    test.for(bad)('%o is 400: %s', async ([wanted, message]) => {
      const response = await replica().begin(wanted)
      expect(response.status).toBe(400)
      expect(await detail(response)).toMatchObject({ detail: message })
    })

    test('what is no JSON is 400, too much of it 413, and another type 415', async () => {
      const { begin, send } = replica()
      const headers = { 'content-type': 'application/json; charset=utf-8' }
      const body = (text: string) => send('/faults', { method: 'POST', headers, body: text })
      expect((await body('{')).status).toBe(400)
      expect((await body('')).status).toBe(400)
      expect((await body('{}'.padEnd(1024))).status).toBe(200)
      expect((await body('{}'.padEnd(1025))).status).toBe(413)
      expect((await begin({}, { 'content-type': 'text/plain' })).status).toBe(415)
      expect((await begin({}, { 'content-type': 'application/jsonp' })).status).toBe(415)
    })

    test('GET is 405: POST and DELETE are taken', async () => {
      const response = await replica().send('/faults')
      expect([response.status, response.headers.get('allow')]).toEqual([
        405,
        'POST, DELETE, OPTIONS',
      ])
    })

    test('more latency than a runtime without streams can wait is 501', async () => {
      expect((await replica({ buffered }).begin({ latencyMs: 2001 })).status).toBe(501)
      expect((await replica({ buffered }).begin({ latencyMs: 2000 })).status).toBe(200)
    })
  })
})

describe('/bytes/{n}', () => {
  test.for([0, 1, 65_536, 65_537, 1_000_000])(
    'answers exactly %i bytes, and says so',
    async (n) => {
      const response = await get(`/bytes/${n}`)
      expect(response.headers.get('content-type')).toBe('application/octet-stream')
      expect(response.headers.get('content-length')).toBe(`${n}`)
      expect((await response.bytes()).byteLength).toBe(n)
    },
  )

  test('makes no more than is read', async () => {
    const reader = (await get('/bytes/104857600')).body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    expect(value?.byteLength).toBe(65_536)
    await reader?.cancel()
  })

  test.for(['104857601', '-1', '1.5', 'x', ''])('/bytes/%s is 400 with the range', async (n) => {
    const response = await get(`/bytes/${n}`)
    expect(response.status).toBe(400)
    expect(await detail(response)).toMatchObject({
      detail: 'The number of bytes must be a whole number from 0 to 104857600.',
    })
  })

  test.for(['601', '-1', 'x', ''])('?over=%s is 400 with the range', async (over) => {
    const response = await get(`/bytes/1?over=${over}`)
    expect(response.status).toBe(400)
    expect(await detail(response)).toMatchObject({
      detail: 'The parameter over must be a number from 0 to 600 (seconds).',
    })
  })
})

test.for(['/delay/2.1', '/bytes/1001', '/bytes/1?over=3'])(
  '%s is 501 where nothing is sent before all is there',
  async (path) => {
    expect((await get(path, {}, { buffered })).status).toBe(501)
  },
)
