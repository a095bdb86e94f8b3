import { once } from 'node:events'
import { createServer } from 'node:net'
import type { ReplicaBy } from './options/request.ts'
import { toPlan } from './plan.ts'
import { run } from './run.ts'

/** Enough for the engine to compile what a request passes through: some hundredths of a second. */
const requests = 1000

const options = { method: 'GET', connections: 'reuse', timeout: 10_000, requests } as const

const body = '{"timestamp":1.5,"hostname":"warm-up"}'
const answer = [
  'HTTP/1.1 200 OK',
  'Content-Type: application/json',
  `Content-Length: ${body.length}`,
  'Served-By: "warm-up";boot=w;n=1;conn=1;req=1',
  'Connection: keep-alive',
  'Keep-Alive: timeout=65',
  '',
  body,
].join('\r\n')

/**
 * Sends requests to ourselves before any goes to the target. Otherwise the first ones would pay for
 * loading and compiling our own code, and be late by a hundred milliseconds at a high rate.
 */
export async function warmUp(replicaBy: ReplicaBy): Promise<void> {
  // No request has a body or waits behind another, so what is read at once is a whole one.
  const server = createServer((socket) => {
    socket.on('data', () => socket.write(answer)).on('error', () => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') return

  const url = new URL(`http://127.0.0.1:${address.port}`)
  const { signal } = new AbortController()
  await run(toPlan([url], { ...options, replicaBy }), signal, () => undefined)
  server.close()
}
