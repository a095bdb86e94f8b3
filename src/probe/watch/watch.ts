import { amount, clockTime, grouped, percent } from '../../measure/sentences/words.ts'
import { createWatch, watchOver } from '../../measure/watch/watch.ts'
import { explain, ownFailure } from '../advice.ts'
import { now } from '../clock.ts'
import { UsageError } from '../exit-codes.ts'
import { createOpenLoop } from '../load/open-loop.ts'
import { toObservation } from '../observe.ts'
import type { WatchOptions } from '../options/command.ts'
import { toPlan } from '../plan.ts'
import { firstSignal } from '../signal.ts'
import { createAddresses } from '../transport/addresses.ts'
import { DeadlineError, type Exchange } from '../transport/exchange.ts'
import { createTransport } from '../transport/transport.ts'
import { createLines } from './lines.ts'
import { createMetrics } from './metrics.ts'
import { serveMetrics } from './metrics-server.ts'

/**
 * A request that the probe itself sends or gives up so late says nothing about the target: a share of
 * the time-out, which counts from when it was due.
 */
const heldUp = 0.2

/**
 * Asks the target at a fixed rate until a signal ends it, whatever becomes of the requests, and writes a
 * line when something changes. Each request has a connection of its own: behind a Kubernetes Service a
 * kept one would see one replica.
 * @throws UsageError where it cannot begin, or cannot go on
 */
export async function watch(url: URL, options: WatchOptions, version: string): Promise<void> {
  const signal = firstSignal()
  const { rate } = options
  const plan = toPlan([url], { ...options, connections: 'new', requests: Infinity })
  const { target, success, replicaBy } = plan
  const reading = { identify: replicaBy.identify, success, url: target.url }
  const watched = createWatch(rate)
  const metrics = createMetrics(target, watched, version)
  const server = await serveMetrics(metrics.registry, options.metricsPort)
  const lines = createLines(process.stdout, options.json === true)
  const { promise: ended, resolve: end } = Promise.withResolvers<string | undefined>()
  signal.addEventListener('abort', () => {
    end(undefined)
  })
  // Nobody reads on.
  process.stdout.once('error', () => {
    end(undefined)
  })

  let requests = 0
  let lost = 0
  let late: { requests: number; longest: number } | undefined
  let connected = false

  const observe = (exchange: Exchange) => {
    const { error, due, sent, free = sent, done } = exchange
    const givenUp = error instanceof DeadlineError ? done - due - target.timeout : 0
    const lateness = Math.max(sent - free, givenUp)
    if (lateness >= heldUp * target.timeout) {
      late = {
        requests: (late?.requests ?? 0) + 1,
        longest: Math.max(late?.longest ?? 0, lateness),
      }
      return
    }
    if (late) {
      const seconds = grouped(Math.round(late.longest / 1000))
      const count = amount(late.requests, 'request')
      const sentence = `the probe itself was held up for ${seconds} s; ${count} of that time do not count`
      lines.say(done, 'held-up', sentence)
      late = undefined
    }
    const observation = toObservation(exchange, reading)
    requests += 1
    if (observation.outcome !== 'answered') lost += 1
    metrics.observe(observation)
    watchOver(watched, observation, (change) => {
      if (change.change === 'replica-restarted') metrics.restarted()
      lines.change(change, change.change === 'outage' && error ? `. ${explain(error)}` : '')
    })
  }
  const transport = createTransport(
    target,
    'new',
    createAddresses(target.addresses),
    (exchange) => {
      const { error, connection, done } = exchange
      const own = error && ownFailure(error, connected)
      if (own !== undefined) end(own)
      else observe(exchange)
      if (connection !== undefined) connected = true
      load.settled(done)
    },
  )
  const load = createOpenLoop(rate, plan.amount, transport.send)

  const begun = now()
  lines.say(
    begun,
    'begun',
    `watching ${target.method} ${target.url.href}: ${rate} a second; metrics on port ${options.metricsPort}`,
  )
  load.start()
  const own = await ended
  load.stop()
  transport.close()
  server.close()
  server.closeAllConnections()
  const share = requests === 0 ? '' : ` (${percent(lost / requests)})`
  const sentence = `watched since ${new Date(begun).toLocaleDateString('sv-SE')} ${clockTime(begun)}: ${amount(requests, 'request')}, ${grouped(lost)} lost${share}`
  lines.say(now(), 'ended', sentence)
  if (own !== undefined) throw new UsageError(own)
}
