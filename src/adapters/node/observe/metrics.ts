import { collectDefaultMetrics, Counter, Gauge, type Metric, Registry } from 'prom-client'
import { routeOf } from '../../../handler/index.ts'
import type { Replica } from '../../../handler/replica.ts'
import type { Routes } from '../../../handler/router.ts'
import { createDurations } from './durations.ts'
import type { Exchange } from '../connections.ts'
import type { NodeServer } from '../serve.ts'

/** Other methods count as `other`, so that no client can make the set of series grow. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

export interface Metrics {
  /** Counts a request that has ended. */
  readonly observe: (exchange: Exchange) => void
  /** Shows the gauges of this server from now on. */
  readonly watch: (server: Pick<NodeServer, 'count'>) => void
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

  return {
    observe({ request, response, seconds, aborted: wasAborted }) {
      const method = request.method && methods.has(request.method) ? request.method : 'other'
      const route = routeOf(request.url ?? '') ?? 'unknown'
      const status = response.statusCode
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
    routes: {
      '/metrics': {
        GET: async () => ({
          status: 200,
          body: await registry.metrics(),
          type: registry.contentType,
        }),
      },
    },
  }
}
