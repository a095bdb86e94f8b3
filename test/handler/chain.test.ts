import { setTimeout as sleep } from 'node:timers/promises'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { ask } from './ask.ts'

const network = setupServer()
beforeAll(() => {
  network.listen({ onUnhandledFrame: 'error' })
})
afterEach(() => {
  network.resetHandlers()
})
afterAll(() => {
  network.close()
})

const b = 'http://b.test/chain'
const c = 'http://c.test/'

async function chain(upstreams: string[], init: RequestInit = {}, upstreamTimeout = 5) {
  const settings = { upstreams, upstreamTimeout }
  const response = await ask('/chain', init, {}, settings)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  const said: unknown = await response.json()
  return said
}

const duration: unknown = expect.any(Number)

test('without upstreams the list is empty', async () => {
  expect(await chain([])).toEqual({
    timestamp: 1680353669.546823,
    hostname: '42bc3f9174d9',
    hops: 0,
    upstreams: [],
  })
})

test('nests what each upstream said, in their order', async () => {
  network.use(
    http.get(b, async () => {
      await sleep(50)
      return HttpResponse.json({ hostname: 'b' }, { headers: { 'served-by': '"b";n=1' } })
    }),
    http.get(c, () => new HttpResponse('plain', { status: 503 })),
  )
  expect(await chain([b, c])).toMatchObject({
    upstreams: [
      { url: b, status: 200, servedBy: '"b";n=1', body: { hostname: 'b' }, duration },
      { url: c, status: 503, body: 'plain', duration },
    ],
  })
})

test('asks all at once', async () => {
  const arrived = Promise.withResolvers<undefined>()
  network.use(
    http.get(b, async () => {
      await arrived.promise
      return HttpResponse.json({})
    }),
    http.get(c, () => {
      arrived.resolve(undefined)
      return HttpResponse.json({})
    }),
  )
  expect(await chain([b, c])).toMatchObject({ upstreams: [{ status: 200 }, { status: 200 }] })
})

test('a dead upstream spoils no other', async () => {
  network.use(
    http.get(b, () => HttpResponse.error()),
    http.get(c, () => HttpResponse.json({})),
  )
  const error: unknown = expect.stringMatching(/./)
  expect(await chain([b, c])).toMatchObject({ upstreams: [{ url: b, error }, { status: 200 }] })
})

test('a slow upstream is given up after its time', async () => {
  network.use(
    http.get(b, () => new Promise(() => undefined)),
    http.get(c, () => HttpResponse.json({})),
  )
  expect(await chain([b, c], {}, 0.2)).toMatchObject({
    upstreams: [{ url: b, error: 'no answer within 0.2 s', duration }, { status: 200 }],
  })
})

test('later hops have less time, so that it is the slow one that is named', async () => {
  network.use(http.get(b, () => new Promise(() => undefined)))
  const init = { headers: { 'x-chain-hops': '2' } }
  expect(await chain([b], init, 0.5)).toMatchObject({
    upstreams: [{ error: 'no answer within 0.32 s' }],
  })
})

test('of a body that is too long nothing is taken', async () => {
  network.use(
    http.get(b, () => HttpResponse.text('x'.repeat(65_536))),
    http.get(c, () => HttpResponse.text('x'.repeat(65_537))),
  )
  expect(await chain([b, c])).toMatchObject({
    upstreams: [
      { status: 200, body: 'x'.repeat(65_536) },
      { status: 200, error: 'a body of more than 65536 bytes' },
    ],
  })
})

test('a redirect is shown and not followed: only configured URLs are asked', async () => {
  const init = { status: 302, headers: { location: 'http://elsewhere.test/' } }
  network.use(http.get(b, () => new HttpResponse(null, init)))
  expect(await chain([b])).toMatchObject({
    upstreams: [{ status: 302, location: 'http://elsewhere.test/' }],
  })
})

test('credentials in the URL of an upstream, and where it redirects to, are not shown', async () => {
  const headers = { location: 'http://user:s3cret@elsewhere.test/?key=s3cret' }
  network.use(http.get(c, () => new HttpResponse(null, { status: 302, headers })))
  const said = JSON.stringify(await chain([`${c}?token=s3cret`]))
  expect(said).toContain(`${c}?token=(6 characters)`)
  expect(said).toContain('"http://elsewhere.test/?key=(6 characters)"')
  expect(said).not.toContain('s3cret')
})

test('a client that leaves ends the requests to the upstreams', async () => {
  const asked = Promise.withResolvers<Request>()
  network.use(
    http.get(b, ({ request }) => {
      asked.resolve(request)
      return new Promise(() => undefined)
    }),
  )
  const client = new AbortController()
  const said = chain([b], { signal: client.signal })
  await asked.promise
  client.abort()
  expect(await said).toMatchObject({ upstreams: [{ url: b }] })
})

test('uses the fetch that it is given, and nothing of the request decides the URL', async () => {
  const fetch = vi.fn(() => Promise.resolve(Response.json({ hostname: 'b' })))
  await ask('/chain?url=http://evil.test/', {}, {}, { upstreams: [b], fetch })
  expect(fetch).toHaveBeenCalledExactlyOnceWith(b, expect.anything())
})

/** The fields that an upstream gets when the chain is asked with these. */
async function passedOn(headers: Record<string, string>): Promise<Record<string, string>> {
  const asked = Promise.withResolvers<Request>()
  network.use(
    http.get(b, ({ request }) => {
      asked.resolve(request)
      return HttpResponse.json({})
    }),
  )
  await chain([b], { headers })
  return Object.fromEntries((await asked.promise).headers)
}

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

test('passes traceparent, tracestate and X-Request-Id on, and counts the hop', async () => {
  const fields = { traceparent, tracestate: 'a=1,b=2', 'x-request-id': 'a1-b2' }
  expect(await passedOn(fields)).toMatchObject({ ...fields, 'x-chain-hops': '1' })
})

test('passes nothing else on', async () => {
  const fields = { authorization: 'Bearer x', cookie: 'a=b', 'x-forwarded-for': '1.2.3.4' }
  const passed = await passedOn(fields)
  for (const name of Object.keys(fields)) expect(passed).not.toHaveProperty(name)
})

test.for([
  undefined,
  '',
  'x',
  traceparent.toUpperCase(),
  `ff${traceparent.slice(2)}`,
  '00-00000000000000000000000000000000-b7ad6b7169203331-01',
  '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
  // Only later versions may have more.
  `${traceparent}-more`,
  `01${traceparent.slice(2)}more`,
])('begins a trace in the place of %o, without its tracestate', async (invalid) => {
  const fields = { tracestate: 'a=1', ...(invalid === undefined ? {} : { traceparent: invalid }) }
  const passed = await passedOn(fields)
  expect(passed['traceparent']).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-00$/)
  expect(passed['traceparent']).not.toBe(invalid)
  expect(passed['tracestate']).toBeUndefined()
})

test('passes the traceparent of a later version on, with what it adds', async () => {
  const later = `01${traceparent.slice(2)}-more`
  expect((await passedOn({ traceparent: later }))['traceparent']).toBe(later)
})

test.for(['5', '6', '999', '-1', 'x', '1e1', ''])(
  'with X-Chain-Hops: %s the chain ends with an error, and nobody is asked',
  async (hops) => {
    const said = await chain([b], { headers: { 'x-chain-hops': hops } })
    expect(said).toMatchObject({ upstreams: [], error: 'the chain ends after 5 hops: a loop?' })
  },
)
