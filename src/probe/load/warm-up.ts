import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Identify } from '../identify/identify.ts'
import { toObservation } from '../observe.ts'
import type { Target } from '../transport/target.ts'
import { createTransport } from '../transport/transport.ts'
import { createClosedLoop } from './closed-loop.ts'

/** Enough for the engine to compile what a request passes through; about a tenth of a second. */
const amount = { requests: 500, duration: Infinity, concurrency: 10 }

/**
 * Sends requests to ourselves before any goes to the target. Otherwise the first ones would pay for
 * loading and compiling our own code, and be late by a hundred milliseconds at a high rate.
 */
export async function warmUp(identify: Identify): Promise<void> {
  const server = createServer((_request, response) => {
    response.setHeader('Served-By', '"warm-up";boot=w;n=1;conn=1;req=1')
    response.end('{"timestamp":1.5,"hostname":"warm-up"}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') return

  const target: Target = {
    url: new URL(`http://127.0.0.1:${address.port}`),
    method: 'GET',
    headers: [],
    resolve: new Map(),
    insecure: false,
    timeout: 10_000,
  }
  const transport = createTransport(target, 'reuse', (exchange) => {
    toObservation(exchange, identify)
    load.settled()
  })
  const load = createClosedLoop(amount, (due) => {
    transport.send(due)
  })
  load.start()
  await load.finished
  transport.close()
  server.closeAllConnections()
  server.close()
}
