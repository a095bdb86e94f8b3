import { expect, onTestFinished, test, vi } from 'vitest'
import { NodeResponse } from '../../../../src/adapters/node/response/node-response.ts'
import { connectTo, request } from '../raw-client.ts'
import { statusesOf } from './responses.ts'
import { serveHere } from '../serve-here.ts'

const headers = { 'content-type': 'text/plain', 'content-length': '5' }
const hello = () => new NodeResponse('hello', { headers })

/** So many are sent together, and so many do not wait after a round of fewer. */
const [together, shortestPause, longestPause] = [8, 15, 240]

const upTo = (number: number) => Array.from({ length: number }, (_, place) => place + 1)

/** Stops this thread, and so the server in it, until the kernel has delivered what was sent. */
const letArrive = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)

/**
 * A server that notes at each request how many have no answer yet, and clients that ask it.
 * @param milliseconds that the handler takes
 * @param answer what the handler gives
 */
async function serveCounting(
  clients: number,
  milliseconds = 0,
  answer: () => Response | Promise<Response> = hello,
) {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const inFlight: number[] = []
  const { url, count } = await serveHere(() => {
    inFlight.push(count().inFlight)
    vi.advanceTimersByTime(milliseconds)
    return answer()
  })
  const connected = await Promise.all(Array.from({ length: clients }, () => connectTo(url)))
  // To the client a connection is open before Node has accepted it.
  await vi.waitUntil(() => count().open === clients)
  /** Lets so many clients ask at once; gives what was noted. */
  const ask = async (number: number) => {
    inFlight.length = 0
    const asking = connected.slice(0, number)
    const answers = () => asking.map(({ received }) => received().split('hello').length)
    const whenAnswered = answers().map((before) => before + 1)
    for (const { send } of asking) send(request('GET /'))
    letArrive()
    await expect.poll(answers, { interval: 1 }).toEqual(whenAnswered)
    return inFlight
  }
  // A round of one, and those that do not wait after it.
  for (let single = 0; single <= shortestPause; single += 1) await ask(1)
  return ask
}

test('requests that are there together are all handled before the first is answered', async () => {
  const ask = await serveCounting(5)
  expect(await ask(5)).toEqual([1, 2, 3, 4, 5])
})

test('after a round of few, responses do not wait: each time more, until there is one of many', async () => {
  const clients = shortestPause * 2
  const ask = await serveCounting(clients)
  const alone = upTo(clients).map(() => 1)
  for (let pause = clients; pause <= longestPause * 2; pause *= 2) {
    expect(await ask(together - 1)).toEqual(upTo(together - 1))
    for (let spared = 0; spared < Math.min(pause, longestPause); spared += clients) {
      expect(await ask(clients)).toEqual(alone)
    }
  }
  expect(await ask(together)).toEqual(upTo(together))
  expect(await ask(1)).toEqual([1])
  const waiting = [...upTo(together), ...upTo(clients - shortestPause - together)]
  expect(await ask(clients)).toEqual([...alone.slice(shortestPause), ...waiting])
})

test('a response waits for one slow handler at most', async () => {
  const ask = await serveCounting(5, 3)
  expect(await ask(5)).toEqual([1, 2, 1, 2, 1])
})

test('what a promise gave does not wait', async () => {
  const ask = await serveCounting(5, 0, () => Promise.resolve(hello()))
  expect(await ask(5)).toEqual([1, 1, 1, 1, 1])
})

test('no more than a number of responses wait', async () => {
  const ask = await serveCounting(together * 2)
  for (let round = 0; round < 2; round += 1) {
    expect(await ask(together * 2)).toEqual([...upTo(together), ...upTo(together)])
  }
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
