// npm run dashboard: writes deploy/monitoring/dashboard.json. What it shows, from the question "does it serve?"
// down to "why not?".
import { writeFileSync } from 'node:fs'
import { DashboardBuilder, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries'

const job = 'job="served-by"'
const traffic = `${job}, route!~"/livez|/readyz"`
const watch = 'job="served-by-probe"'

/** One line, or one a replica, of a panel. */
interface Query {
  readonly expr: string
  readonly legend: string
}

/** A panel of half the width. */
function panel(title: string, description: string, unit: string, ...queries: Query[]) {
  const builder = new PanelBuilder()
    .title(title)
    .description(description)
    .datasource({ type: 'prometheus', uid: 'prometheus' })
    .unit(unit)
    .min(0)
    .span(12)
    .height(8)
  return queries.reduce(
    (built, { expr, legend }) =>
      built.withTarget(new DataqueryBuilder().expr(expr).legendFormat(legend)),
    builder,
  )
}

// The second schema is for Grafana's API; from files it takes this one.
// eslint-disable-next-line @typescript-eslint/no-deprecated
const dashboard = new DashboardBuilder('served-by')
  .uid('served-by')
  .tags(['served-by'])
  .refresh('10s')
  .time({ from: 'now-30m', to: 'now' })
  .timezone('browser')
  .withRow(new RowBuilder('What clients see'))
  .withPanel(
    panel(
      'Requests per second',
      'By replica, health checks left out. Lines that lie on each other are an even balance.',
      'reqps',
      {
        expr: `sum by (instance) (rate(http_requests_total{${traffic}}[1m]))`,
        legend: '{{instance}}',
      },
    ),
  )
  .withPanel(
    panel(
      'Replicas',
      'Those that serve; one that drains is not among them. Fewer than 2 is the alert ServedByReplicaAway.',
      'short',
      { expr: 'served_by:replicas_serving:count', legend: 'serving' },
      { expr: `sum(served_by_draining{${job}})`, legend: 'draining' },
    ),
  )
  .withPanel(
    panel(
      'Errors',
      'The part of all requests answered with 5xx by the replicas. Those of a proxy are not among them.',
      'percentunit',
      { expr: 'served_by:request_errors:ratio1m', legend: '5xx' },
    ),
  )
  .withPanel(
    panel(
      'Latency',
      'From a request’s header to the end of its response, streams left out.',
      's',
      { expr: 'served_by:request_duration_seconds:p99_1m', legend: '99 %' },
      {
        expr: `histogram_quantile(0.5, sum by (le) (rate(http_request_duration_seconds_bucket{${job}, route!~"/livez|/readyz|/events"}[1m])))`,
        legend: '50 %',
      },
    ),
  )
  .withRow(new RowBuilder('What was lost'))
  .withPanel(
    panel(
      'Cut at the end of a drain',
      'Requests in flight when DRAIN_TIMEOUT was over: the alert ServedByRequestsCut.',
      'short',
      {
        expr: `sum by (instance) (increase(served_by_requests_cut_total{${job}}[10m]))`,
        legend: '{{instance}}',
      },
    ),
  )
  .withPanel(
    panel('Clients that left', 'Before the end of their response, per second.', 'reqps', {
      expr: `sum(rate(http_requests_aborted_total{${job}}[1m])) or vector(0)`,
      legend: 'aborted',
    }),
  )
  .withRow(new RowBuilder('What the watch sees from outside (deploy/watch)'))
  .withPanel(
    panel(
      'Losses',
      'The part of its requests that failed, by how: those that a proxy lost are among them.',
      'percentunit',
      {
        expr: `sum by (outcome) (rate(served_by_probe_failures_total{${watch}}[1m])) / ignoring (outcome) group_left sum(rate(served_by_probe_requests_total{${watch}}[1m]))`,
        legend: '{{outcome}}',
      },
    ),
  )
  .withPanel(
    panel(
      'Answers per second',
      'By replica. One that falls to 0 without having drained is the alert ServedByReplicaLost.',
      'reqps',
      {
        expr: `sum by (replica) (rate(served_by_probe_answers_total{${watch}}[1m]))`,
        legend: '{{replica}}',
      },
    ),
  )
  .withPanel(
    panel(
      'Conditions',
      'What it says is wrong: 1, or so many replicas. Its log has the lines: ServedByOutage, ServedByLosses.',
      'short',
      { expr: `served_by_probe_condition{${watch}}`, legend: '{{condition}}' },
    ),
  )
  .withPanel(
    panel('Latency from outside', 'From when a request was due, over a new connection each.', 's', {
      expr: `histogram_quantile(0.99, sum by (le) (rate(served_by_probe_duration_seconds_bucket{${watch}}[1m])))`,
      legend: '99 %',
    }),
  )
  .withRow(new RowBuilder('Inside the replicas'))
  .withPanel(
    panel(
      'In flight',
      'Requests whose response has not ended, and open connections.',
      'short',
      {
        expr: `sum by (instance) (http_requests_in_flight{${job}})`,
        legend: '{{instance}} requests',
      },
      {
        expr: `sum by (instance) (http_open_connections{${job}})`,
        legend: '{{instance}} connections',
      },
    ),
  )
  .withPanel(
    panel(
      'Event loop',
      'How late its turns are, 99 % of them; latency that is the replica’s own shows here.',
      's',
      { expr: `nodejs_eventloop_lag_p99_seconds{${job}}`, legend: '{{instance}}' },
    ),
  )
  .withPanel(
    panel('CPU', 'Cores.', 'short', {
      expr: `sum by (instance) (rate(process_cpu_seconds_total{${job}}[1m]))`,
      legend: '{{instance}}',
    }),
  )
  .withPanel(
    panel('Memory', 'Resident; the limit in k8s.yaml is 256 MiB.', 'bytes', {
      expr: `process_resident_memory_bytes{${job}}`,
      legend: '{{instance}}',
    }),
  )
  .build()

const file = new URL('../../deploy/monitoring/dashboard.json', import.meta.url)
writeFileSync(file, `${JSON.stringify(dashboard, undefined, 2)}\n`)
