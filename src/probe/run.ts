import { hostname } from 'node:os'
import type { Observation, Outcome } from '../measure/observation.ts'
import * as clocks from '../measure/replicas/clocks.ts'
import { createObserver, createTally, type Tally } from '../measure/tally.ts'
import { explain, ownFailure } from './advice.ts'
import { now } from './clock.ts'
import { createClosedLoop } from './load/closed-loop.ts'
import { createOpenLoop } from './load/open-loop.ts'
import { type Reading, toObservation } from './observe.ts'
import type { Plan } from './plan.ts'
import { type AddressUse, createAddresses } from './transport/addresses.ts'
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
  /** What had no answer yet when it was ended early, and since when (ms) the oldest was due. */
  inFlight: { requests: number; waited: number }
  /** Why the probe itself could not go on (absent: it could). */
  ownFailure?: string | undefined
  /** The first error of each kind, in the words of the system. */
  errors: ReadonlyMap<Outcome, string>
  addresses: AddressUse[]
}

/** What a command that goes on while requests are sent has to do with them. */
export interface Following {
  /** Is told each request that has ended. */
  observed?: (observation: Observation) => void
  /** Nothing more is sent, and what is in flight is waited for. */
  enough?: AbortSignal
}

/**
 * Sends what is planned and counts what comes back.
 * @param signal ends it early: what is in flight then is not counted
 * @param started is told the tally, which goes on changing; what it gives back is called at the end
 */
export async function run(
  { target, connections, rate, amount, replicaBy, success, zone }: Plan,
  signal: AbortSignal,
  started: (tally: Tally) => (() => void) | undefined,
  { observed, enough }: Following = {},
): Promise<Run> {
  const vantage = `${hostname()}/${process.pid}`
  const tally = createTally(vantage)
  const observe = createObserver(tally)
  const errors = new Map<Outcome, string>()
  const addresses = createAddresses(target.addresses)
  const { promise: broken, resolve: breakOff } = Promise.withResolvers<string | undefined>()
  const reading: Reading = {
    identify: replicaBy.identify,
    success,
    url: target.url,
    zone,
    isSharper: (replica, milliseconds) =>
      clocks.isSharper(tally.clocks, vantage, replica, milliseconds),
  }
  let connected = false

  const transport = createTransport(target, connections, addresses, (exchange: Exchange) => {
    const { error } = exchange
    const own = error && ownFailure(error, connected)
    // It says nothing about the target.
    if (own !== undefined) {
      breakOff(own)
      return
    }
    if (exchange.connection !== undefined) connected = true
    const observation = toObservation(exchange, reading)
    observe(observation)
    observed?.(observation)
    const { outcome } = observation
    if (error && !errors.has(outcome)) errors.set(outcome, explain(error))
    pacer.settled(exchange.done)
  })
  const { send } = transport
  const pacer =
    rate === undefined ? createClosedLoop(amount, send) : createOpenLoop(rate, amount, send)

  const begin = now()
  signal.addEventListener('abort', () => {
    breakOff(undefined)
  })
  enough?.addEventListener('abort', () => {
    pacer.stop()
    if (transport.inFlight().requests === 0) breakOff(undefined)
  })
  let own: string | undefined
  if (!signal.aborted) {
    const ended = started(tally)
    pacer.start()
    own = await Promise.race([pacer.finished.then(() => undefined), broken])
    ended?.()
  }
  pacer.stop()
  const end = now()
  const { requests, oldest } = transport.inFlight()
  transport.close()
  return {
    vantage,
    tally,
    started: begin,
    ended: end,
    interrupted: signal.aborted,
    inFlight: { requests, waited: requests === 0 ? 0 : end - oldest },
    ownFailure: own,
    errors,
    addresses: addresses.used(),
  }
}
