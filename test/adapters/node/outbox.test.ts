import { expect, test } from 'vitest'
import { NodeResponse } from '../../../src/adapters/node/node-response.ts'
import { connectTo, request } from './raw-client.ts'
import { statusesOf } from './responses.ts'
import { serveHere } from './serve-here.ts'

const headers = { 'content-type': 'text/plain', 'content-length': '5' }
const hello = () => new NodeResponse('hello', { headers })

/** After a response that waited in vain, so many do not wait. */
const pause = 15

/** A server that notes at each request how many have no answer yet, and clients that ask it. */
async function serveCounting(compute = () => undefined) {
  const inFlight: number[] = []
  const { url, count } = await serveHere(() => {
    inFlight.push(count().inFlight)
    compute()
    return hello()
  })
  const clients = await Promise.all(Array.from({ length: 5 }, () => connectTo(url)))
  /** Lets so many clients ask at once; gives what was noted. */
  const ask = async (number: number) => {
    inFlight.length = 0
    const asking = clients.slice(0, number)
    const answered = asking.map(({ received, receive }) =>
      receive(RegExp(`^(?:[^]*?hello){${received().split('hello').length}}$`)),
    )
    for (const { send } of asking) send(request('GET /'))
    await Promise.all(answered)
    return inFlight
  }
  // Until the code is warm and the pause that the first one brings is over.
  for (let single = 0; single <= pause; single += 1) await ask(1)
  return ask
}

test('requests that are there together are all handled before the first is answered', async () => {
  const ask = await serveCounting()
  expect(await ask(5)).toEqual([1, 2, 3, 4, 5])
})

test('a response that waited in vain spares those after it the wait, until they are many', async () => {
  const ask = await serveCounting()
  await ask(1)
  for (let spared = 0; spared < pause; spared += 5) expect(await ask(5)).toEqual([1, 1, 1, 1, 1])
  expect(await ask(5)).toEqual([1, 2, 3, 4, 5])
})

test('a response waits for one slow handler at most', async () => {
  const ask = await serveCounting(() => {
    const end = performance.now() + 3
    while (performance.now() < end);
  })
  expect(await ask(5)).toEqual([1, 2, 1, 2, 1])
})

test('a response that waits is sent before its connection is cut', async () => {
  const { url } = await serveHere(
    (asked) => {
      void asked.text().catch(() => undefined)
      return hello()
    },
    { limits: { bodyBytes: 200_000 } },
  )
  const client = await connectTo(url)
  const chunk = `${(400_000).toString(16)}\r\n${'x'.repeat(400_000)}\r\n`
  client.send(request('POST /', `Transfer-Encoding: chunked\r\n\r\n${chunk}`))
  expect(statusesOf(await client.closed)).toEqual([200])
})

test('a response that waits is sent before garbage behind a later request is refused', async () => {
  const { url } = await serveHere(hello)
  const client = await connectTo(url)
  const garbled = request('POST /', 'Transfer-Encoding: chunked\r\n\r\nno size\r\n')
  client.send(`${request('GET /')}${garbled}`)
  expect(statusesOf(await client.closed)[0]).toBe(200)
})
