import { hostname } from 'node:os'
import type { Outcome } from '../measure/observation.ts'
import { createTally, observe, type Tally } from '../measure/tally.ts'
import { now } from './clock.ts'
import { printable } from './identify/identify.ts'
import { createClosedLoop } from './load/closed-loop.ts'
import { createOpenLoop } from './load/open-loop.ts'
import { toObservation } from './observe.ts'
import type { Plan } from './plan.ts'
import type { Exchange } from './transport/exchange.ts'
import { createTransport } from './transport/transport.ts'

/** What a run saw. */
export interface Run {
  /** Names this process on this machine. */
  vantage: string
  tally: Tally
  /** Unix ms. */
  started: number
  ended: number
  /** It was ended before everything was sent. */
  interrupted: boolean
  /** The first error of each kind, in the words of the system. */
  errors: ReadonlyMap<Outcome, string>
}

/**
 * Sends what is planned and counts what comes back.
 * @param signal ends it early: what is in flight then is not counted
 * @param started is told the tally, which goes on changing; what it gives back is called at the end
 */
export async function run(
  { target, connections, rate, amount, replicaBy }: Plan,
  signal: AbortSignal,
  started: (tally: Tally) => (() => void) | undefined,
): Promise<Run> {
  const vantage = `${hostname()}/${process.pid}`
  const tally = createTally(vantage)
  const errors = new Map<Outcome, string>()
  const count = (exchange: Exchange) => {
    const observation = toObservation(exchange, replicaBy.identify)
    observe(tally, observation)
    const { outcome } = observation
    if (exchange.error && !errors.has(outcome)) {
      errors.set(outcome, printable(exchange.error.message))
    }
  }
  const transport = createTransport(target, connections, (exchange) => {
    count(exchange)
    load.settled(exchange.done)
  })
  const { send } = transport
  const load =
    rate === undefined ? createClosedLoop(amount, send) : createOpenLoop(rate, amount, send)

  const begin = now()
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve()
    })
  })
  if (!signal.aborted) {
    const ended = started(tally)
    load.start()
    await Promise.race([load.finished, aborted])
    ended?.()
  }
  load.stop()
  transport.close()
  return { vantage, tally, started: begin, ended: now(), interrupted: signal.aborted, errors }
}
