import { setTimeout as sleep } from 'node:timers/promises'
import { collectDefaultMetrics, Counter, Gauge, type Metric, Registry } from 'prom-client'
import { routeOf } from '../../../handler/index.ts'
import type { Replica } from '../../../handler/replica.ts'
import type { Routes } from '../../../handler/router.ts'
import { createDurations } from './durations.ts'
import type { DrainReport } from '../../server/contract.ts'
import type { EndedRequest } from '../connections.ts'
import type { NodeServer } from '../serve.ts'

/** Other methods count as `other`, so that no client can make the set of series grow. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * Milliseconds to wait for one more scrape after a drain that timed out, which otherwise nobody would see:
 * more than the 5 s between two scrapes of deploy/monitoring, less than the 10 s that k8s.yaml spares.
 */
const lastScrape = 6000

export interface Metrics {
  /** Counts a request that has ended. */
  readonly observe: (ended: EndedRequest) => void
  /** Shows the gauges of this server from now on. */
  readonly watch: (server: Pick<NodeServer, 'count'>) => void
  /** Counts what a drain came to; if it timed out, resolves when that has been scraped, or 6 s later. */
  readonly drained: (report: DrainReport) => Promise<void>
  /** `GET /metrics` in the Prometheus text format. */
  readonly routes: Routes
}

/** The Prometheus metrics of a replica, the process's own included. */
export function createMetrics(replica: Replica): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  // Gauges, whose names may not end so; the same numbers by type stay.
  for (const kind of ['handles', 'requests', 'resources'])
    registry.removeSingleMetric(`nodejs_active_${kind}_total`)

  const labelNames = ['method', 'route', 'status'] as const
  const durations = createDurations(
    'http_request_duration_seconds',
    "From a request's header to the end of its response.",
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  )
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- it asks no more of it
  registry.registerMetric(durations as unknown as Metric)
  new Counter({
    name: 'http_requests_total',
    help: 'Requests answered, or begun to be.',
    labelNames,
    registers,
    // The histogram has counted them already.
    collect() {
      this.reset()
      for (const { labels, count } of durations.series()) this.inc({ ...labels }, count)
    },
  })
  const aborted = new Counter({
    name: 'http_requests_aborted_total',
    help: 'Requests whose client left before the end of the response.',
    labelNames: ['method', 'route'],
    registers,
  })
  const { version, commit } = replica.build
  new Gauge({
    name: 'served_by_build_info',
    help: 'Always 1; the labels say what runs.',
    labelNames: ['version', 'commit', 'runtime'],
    registers,
  }).set({ version, commit, runtime: replica.runtime }, 1)
  new Gauge({
    name: 'served_by_draining',
    help: '1 while the replica drains, otherwise 0.',
    registers,
    collect() {
      this.set(replica.state === 'draining' ? 1 : 0)
    },
  })

  const drainsTimedOut = new Counter({
    name: 'served_by_drains_timed_out_total',
    help: 'Drains at whose end something was left: 1 for a moment before the process exits.',
    registers,
  })
  const requestsCut = new Counter({
    name: 'served_by_requests_cut_total',
    help: 'Requests in flight that were cut at the end of the drain.',
    registers,
  })
  const scraped = Promise.withResolvers<undefined>()
  let waitsForScrape = false
  let wasScraped = false

  return {
    observe({ request, status, seconds, aborted: wasAborted }) {
      const method = request.method && methods.has(request.method) ? request.method : 'other'
      const route = routeOf(request.url ?? '') ?? 'unknown'
      durations.observe({ method, route, status }, seconds)
      if (wasAborted) aborted.inc({ method, route })
    },
    watch(server) {
      new Gauge({
        name: 'http_requests_in_flight',
        help: 'Requests whose response has not ended.',
        registers,
        collect() {
          this.set(server.count().inFlight)
        },
      })
      new Gauge({
        name: 'http_open_connections',
        help: 'Open connections, idle ones included.',
        registers,
        collect() {
          this.set(server.count().open)
        },
      })
    },
    async drained({ timedOut, cut }) {
      if (!timedOut) return
      drainsTimedOut.inc()
      requestsCut.inc(cut)
      waitsForScrape = true
      // Who has never asked will not ask now.
      if (wasScraped)
        await Promise.race([scraped.promise, sleep(lastScrape, undefined, { ref: false })])
    },
    routes: {
      '/metrics': {
        GET: async () => {
          wasScraped = true
          const body = await registry.metrics()
          if (waitsForScrape) scraped.resolve(undefined)
          return { status: 200, body, type: registry.contentType }
        },
      },
    },
  }
}
