import { outcomes } from '../../../measure/observation.ts'
import { percentile, type Histogram } from '../../../measure/statistics/histogram.ts'
import type { Tally } from '../../../measure/tally.ts'
import type { Verdicts } from '../../../measure/verdicts.ts'
import { counters, metricPrefix } from '../../counters.ts'
import type { Family, Sample } from './exposition.ts'

const quantiles = [0.5, 0.9, 0.95, 0.99, 0.999, 1]

/** Whole microseconds, which is how finely they are kept. @param milliseconds 0 or more */
const seconds = (milliseconds: number) => Math.round(milliseconds * 1000) / 1e6

function summaryOf(histogram: Histogram, labels: Record<string, string> = {}): Sample[] {
  return [
    ...quantiles.map((quantile) => ({
      labels: { ...labels, quantile: `${quantile}` },
      value: seconds(percentile(histogram, 100 * quantile)),
    })),
    { labels, value: histogram.totalCount, count: true },
  ]
}

/** Failures by outcome: every one, so that a series is there before the first failure. */
function failuresOf({ failures }: Verdicts): Sample[] {
  return outcomes
    .filter((outcome) => outcome !== 'answered')
    .map((outcome) => ({
      labels: { outcome },
      value: failures.kinds
        .filter((kind) => kind.outcome === outcome)
        .reduce((sum, { count }) => sum + count, 0),
    }))
}

const total = (value: number): Sample[] => [{ value }]

/** What was counted, and what it says, as metrics: of one run or several, or of a run so far. */
export function familiesOf(tally: Tally, verdicts: Verdicts): Family[] {
  const { balance, order, pinning, affinity, changes, lives, failures, statuses, latency } =
    verdicts
  const said = { balance, order, pinning, affinity, slow: verdicts.slow, cache: verdicts.cache }
  return [
    {
      ...counters.requests,
      type: 'counter',
      samples: total(failures.requests),
    },
    {
      ...counters.failures,
      type: 'counter',
      samples: failuresOf(verdicts),
    },
    {
      ...counters.responses,
      type: 'counter',
      samples: statuses.statuses.map(({ status, count }) => ({
        labels: { status: `${status}` },
        value: count,
      })),
    },
    {
      name: `${metricPrefix}_answers`,
      type: 'counter',
      help: 'Responses by the replica that they name.',
      samples: latency.replicas.map(({ replica, count }) => ({
        labels: { replica },
        value: count,
      })),
    },
    {
      ...counters.restarts,
      type: 'counter',
      samples: total(lives.restarts),
    },
    {
      name: `${metricPrefix}_latency_seconds`,
      type: 'summary',
      unit: 'seconds',
      help: 'From when a request was due to the end of its response; time-outs included.',
      samples: summaryOf(tally.latency.latency),
    },
    {
      name: `${metricPrefix}_replica_latency_seconds`,
      type: 'summary',
      unit: 'seconds',
      help: 'From when a request was sent to the end of its response, by replica.',
      samples: [...tally.latency.replicas].flatMap(([replica, histogram]) =>
        summaryOf(histogram, { replica }),
      ),
    },
    {
      name: `${metricPrefix}_longest_outage_seconds`,
      type: 'gauge',
      unit: 'seconds',
      help: 'The longest time in which requests failed and none succeeded.',
      samples: total(seconds(failures.longestOutage?.length ?? 0)),
    },
    {
      name: `${metricPrefix}_replicas`,
      type: 'gauge',
      help: 'Replicas that answered.',
      samples: total(latency.replicas.length),
    },
    {
      name: `${metricPrefix}_replicas_gone`,
      type: 'gauge',
      help: 'Replicas that are missing at the end.',
      samples: total(changes.gone),
    },
    {
      name: `${metricPrefix}_skew_ratio`,
      type: 'gauge',
      unit: 'ratio',
      help: 'The furthest that a share is from even, as a part of the even share.',
      samples: total(balance.skew),
    },
    {
      name: `${metricPrefix}_verdict`,
      type: 'gauge',
      help: 'Always 1: what the probe says of balance, order and the like.',
      samples: Object.entries(said).map(([about, { verdict }]) => ({
        labels: { about, verdict },
        value: 1,
      })),
    },
  ]
}
