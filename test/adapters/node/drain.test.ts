import { describe, expect, test } from 'vitest'
import type { Handler } from '../../../src/handler/index.ts'
import { connectTo, request } from './raw-client.ts'
import { parseResponses } from './response/responses.ts'
import { serveHere } from './serve-here.ts'

const hour = 3600
const closing = /\r\nconnection: close\r\n/i
const encoder = new TextEncoder()

/** A handler whose answers wait until the test gives them. */
function gate() {
  const begun = Promise.withResolvers<undefined>()
  const { promise, resolve } = Promise.withResolvers<Response>()
  const handler: Handler = () => {
    begun.resolve(undefined)
    return promise
  }
  return {
    handler,
    begun: begun.promise,
    answer: (body: string) => {
      resolve(new Response(body, { headers: { 'content-length': `${body.length}` } }))
    },
  }
}

/** A handler whose answer is a stream into which the test writes. */
function tap() {
  let controller: ReadableStreamDefaultController | undefined
  const begun = Promise.withResolvers<undefined>()
  const handler: Handler = () =>
    new Response(
      new ReadableStream({
        start(given) {
          controller = given
          begun.resolve(undefined)
        },
      }),
    )
  return {
    handler,
    begun: begun.promise,
    write: (text: string) => controller?.enqueue(encoder.encode(text)),
    end: () => controller?.close(),
  }
}

describe('what is in flight ends as if nothing had happened', () => {
  test('a slow response, which then says that its connection closes', async () => {
    const { handler, begun, answer } = gate()
    const { url, close } = await serveHere(handler, { drainTimeout: hour })
    const client = await connectTo(url)
    client.send(request('GET /'))
    await begun
    const report = close()
    answer('late')
    const [response] = parseResponses(await client.closed)
    expect(response).toMatchObject({ status: 200, body: 'late' })
    expect(client.received()).toMatch(closing)
    expect(await report).toMatchObject({ requests: 0, cut: 0 })
  })

  test('a stream that has begun, whose connection closes after it all the same', async () => {
    const { handler, begun, write, end } = tap()
    const { url, close } = await serveHere(handler, { drainTimeout: hour })
    const client = await connectTo(url)
    client.send(request('GET /'))
    await begun
    write('first')
    await client.receive(/5\r\nfirst\r\n$/)
    const report = close()
    write('last')
    end()
    expect(await client.closed).toMatch(/5\r\nfirst\r\n4\r\nlast\r\n0\r\n\r\n$/)
    expect(await report).toMatchObject({ cut: 0 })
  })

  test('an upload', async () => {
    const { url, close } = await serveHere(
      async (asked) => {
        const { length } = await asked.text()
        return new Response(null, { headers: { 'x-length': `${length}` } })
      },
      { drainTimeout: hour },
    )
    const client = await connectTo(url)
    client.send(request('POST /', 'Expect: 100-continue\r\nContent-Length: 8\r\n\r\n'))
    await client.receive(/100 Continue/)
    const report = close()
    client.send('half')
    client.send('half')
    expect(await client.closed).toMatch(/200 .*\r\n(.+\r\n)*x-length: 8\r\n/)
    expect(client.received()).toMatch(closing)
    expect(await report).toMatchObject({ cut: 0 })
  })

  test('a response that stands behind a stream on the same connection', async () => {
    const stream = tap()
    const slow = gate()
    const { url, close, count } = await serveHere(
      (asked, connection) =>
        (asked.url.endsWith('/stream') ? stream : slow).handler(asked, connection),
      { drainTimeout: hour },
    )
    const client = await connectTo(url)
    client.send(`${request('GET /stream')}${request('GET /')}`)
    await stream.begun
    stream.write('stream')
    await client.receive(/stream/)
    expect(count().inFlight).toBe(2)
    const report = close()
    stream.end()
    await client.receive(/stream\r\n0\r\n\r\n$/)
    slow.answer('after')
    expect(await client.closed).toMatch(/0\r\n\r\nHTTP\/1.1 200 .*\r\n(.+\r\n)*\r\nafter$/)
    expect(await report).toMatchObject({ cut: 0 })
  })
})

test('what is left at the end of the time-out is cut, and the report says how much', async () => {
  const { handler, begun, write } = tap()
  const { url, close } = await serveHere(handler, { drainTimeout: 0.2 })
  const client = await connectTo(url)
  const idle = await connectTo(url)
  client.send(request('GET /'))
  await begun
  write('endless')
  await client.receive(/endless/)
  expect(await close()).toMatchObject({ cut: 1 })
  expect(await client.closed).toMatch(/endless\r\n$/)
  expect(await idle.closed).toBe('')
})

test('connections that are idle, or never sent a byte, hold nothing up', async () => {
  const { url, close } = await serveHere(() => new Response('ok'), { drainTimeout: hour })
  const silent = await connectTo(url)
  const idle = await connectTo(url)
  idle.send(request('GET /'))
  await idle.receive(/\r\n\r\nok$/)
  expect(await close()).toMatchObject({ cut: 0 })
  expect(await silent.closed).toBe('')
  await idle.closed
})

test('after the delay new connections are refused, not before', async () => {
  const { handler, begun, answer } = gate()
  const { url, close } = await serveHere(handler, { drainDelay: 0.2, drainTimeout: hour })
  const busy = await connectTo(url)
  busy.send(request('GET /'))
  await begun
  const report = close()
  await connectTo(url)
  await expect.poll(() => connectTo(url).catch(() => 'refused')).toBe('refused')
  answer('ok')
  await busy.closed
  await report
})

test('the report counts the requests after the signal and says what delay they needed', async () => {
  const { url, close } = await serveHere(() => new Response('ok'), { drainDelay: 1 })
  await fetch(url)
  const report = close()
  await fetch(url)
  await fetch(url)
  const { requests, lastRequestAfter, fittingDrainDelay } = await report
  expect(requests).toBe(2)
  expect(lastRequestAfter).toBeGreaterThan(0)
  expect(lastRequestAfter).toBeLessThan(1)
  expect(fittingDrainDelay).toBe(2)
})
