import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Handler } from '../../../../src/handler/index.ts'
import { connectTo, request } from '../raw-client.ts'
import { parseResponses, statusesOf } from '../response/responses.ts'
import { serveHere } from '../serve-here.ts'

const hello: Handler = () => new Response('hello', { headers: { 'content-length': '5' } })
const impatient = { limits: { headerTimeout: 0.5, requestTimeout: 0.5 } }

/** Sends bytes, waits until the server has closed the connection, gives what it said. */
async function exchange(url: string, ...parts: string[]): Promise<string> {
  const client = await connectTo(url)
  for (const part of parts) client.send(part)
  return client.closed
}

test('a refusal on the socket is a whole response with our own fields', async () => {
  const { url } = await serveHere(hello)
  const [response, ...further] = parseResponses(await exchange(url, 'no HTTP\r\n\r\n'))
  expect(further).toEqual([])
  expect(response?.status).toBe(400)
  expect(Object.fromEntries(response?.fields ?? [])).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
    'served-by': '"42bc3f9174d9";v="1.2.3";boot=b41c09d2;n=1;conn=1;req=1',
    'x-request-id': 'b41c09d2-1',
  })
  expect(JSON.parse(response?.body ?? '')).toMatchObject({ title: 'Bad Request', status: 400 })
})

test('bytes that keep coming after a refusal are no reason to lose it', async () => {
  const { url } = await serveHere(hello)
  const client = await connectTo(url)
  client.send('no HTTP\r\n\r\n')
  await client.receive(/^HTTP\/1.1 400 /)
  client.send('and more\r\n\r\n')
  client.send('and more\r\n\r\n')
  client.socket.end()
  expect(statusesOf(await client.closed)).toEqual([400])
})

test('a client that does not close after a refusal is closed', async () => {
  const { url, count } = await serveHere(hello)
  const client = await connectTo(url, { allowHalfOpen: true })
  client.send('no HTTP\r\n\r\n')
  await client.receive(/^HTTP\/1.1 400 /)
  await expect.poll(() => count().open, { timeout: 10_000 }).toBe(0)
})

test('a refused request without content ends its connection with the answer, not a while later', async () => {
  const { url } = await serveHere(hello)
  // The time for which what else a refused client sends is read does not pass here.
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  expect(statusesOf(await exchange(url, 'GET / HTTP/1.1\r\n\r\n'))).toEqual([400])
})

describe('a request that was answered before its body was whole', () => {
  const announced = request('GET /', 'Content-Length: 10\r\n\r\n')
  const chunked = request('POST /', 'Transfer-Encoding: chunked\r\n\r\n')

  test('gets no second answer when its client stops sending', async () => {
    const { url } = await serveHere(hello)
    const client = await connectTo(url)
    client.send(announced)
    await client.receive(/hello$/)
    client.socket.end()
    expect(statusesOf(await client.closed)).toEqual([200])
  })

  test('gets no second answer when its time is over', async () => {
    const { url } = await serveHere(hello, impatient)
    expect(statusesOf(await exchange(url, announced))).toEqual([200])
  })

  test('gets no second answer when the rest is garbled', async () => {
    const { url } = await serveHere(hello)
    const client = await connectTo(url)
    client.send(chunked)
    await client.receive(/hello$/)
    client.send('no size\r\n')
    expect(statusesOf(await client.closed)).toEqual([200])
  })
})

describe('garbage behind good requests', () => {
  test('is answered after they are', async () => {
    const { url } = await serveHere(async (asked) => {
      await Promise.resolve()
      return new Response(new URL(asked.url).pathname, { headers: { 'content-length': '2' } })
    })
    const answers = parseResponses(
      await exchange(url, `${request('GET /1')}${request('GET /2')}no HTTP\r\n\r\n`),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400])
    expect(answers.map(({ body }) => body).slice(0, 2)).toEqual(['/1', '/2'])
  })

  test('does not cut a stream before it', async () => {
    const begun = Promise.withResolvers<ReadableStreamDefaultController>()
    const { url } = await serveHere(
      () =>
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode('begin'))
              begun.resolve(controller)
            },
          }),
        ),
    )
    const client = await connectTo(url)
    client.send(`${request('GET /')}no HTTP\r\n\r\n`)
    await client.receive(/begin/)
    const controller = await begun.promise
    controller.enqueue(new TextEncoder().encode('end'))
    controller.close()
    expect(await client.closed).toMatch(/begin\r\n3\r\nend\r\n0\r\n\r\nHTTP\/1.1 400 /)
  })
})

test('a body that is garbled while the handler reads it gets one 400', async () => {
  const { url, errors } = await serveHere(async (asked) => new Response(await asked.text()))
  const client = await connectTo(url)
  client.send(request('POST /', 'Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\nno size\r\n'))
  expect(statusesOf(await client.closed)).toEqual([400])
  expect(errors).toEqual([])
})

test('a body that stops coming while the handler reads it gets one 408', async () => {
  const { url, errors } = await serveHere(
    async (asked) => new Response(await asked.text()),
    impatient,
  )
  const client = await connectTo(url)
  client.send(request('POST /', 'Content-Length: 10\r\n\r\nab'))
  expect(statusesOf(await client.closed)).toEqual([408])
  expect(errors).toEqual([])
})

test('CONNECT is refused', async () => {
  const { url } = await serveHere(hello)
  expect(statusesOf(await exchange(url, request('CONNECT example.org:443')))).toEqual([400])
})

test('an upgrade that nobody offers is a request like any other', async () => {
  const { url } = await serveHere(hello)
  const client = await connectTo(url)
  client.send(request('GET /', 'Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n'))
  expect(statusesOf(await client.receive(/hello$/))).toEqual([200])
})
