import { Socket } from 'node:net'
import { queryObjects } from 'node:v8'
import { expect, test } from 'vitest'
import { createAddresses } from '../../src/probe/transport/addresses.ts'
import { createTransport } from '../../src/probe/transport/transport.ts'
import { closedUrl, startHttp, targetOf } from './targets.ts'

/** Sends so many requests, one after the other, each over a new connection. */
async function send(url: URL, requests: number): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<undefined>()
  let left = requests
  const next = () => {
    const time = Date.now()
    transport.send(time, time, time)
  }
  const transport = createTransport(targetOf(url), 'new', createAddresses(), () => {
    left -= 1
    if (left === 0) resolve(undefined)
    else setImmediate(next)
  })
  next()
  await ended
  // Not closed before: what is kept, is kept while it goes on.
  expect(queryObjects(Socket)).toBeLessThan(requests / 2)
  transport.close()
}

test('connections that have ended are not kept in memory', async () => {
  await send(await startHttp((_request, response) => response.end()), 200)
})

test('nor are those that could not be made', async () => {
  await send(await closedUrl(), 200)
})
