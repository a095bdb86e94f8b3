/** Of every metric, of a report and of a watch. */
export const metricPrefix = 'served_by_probe'

/** What a report (`--openmetrics`) and a watch both count; exposed with `_total` at the end of the name. */
export const counters = {
  requests: { name: `${metricPrefix}_requests`, help: 'Requests that have ended.' },
  failures: { name: `${metricPrefix}_failures`, help: 'Requests that were lost, by how.' },
  responses: { name: `${metricPrefix}_responses`, help: 'Complete responses, by status.' },
  restarts: {
    name: `${metricPrefix}_restarts`,
    help: 'Replicas that came back as another process.',
  },
} as const
