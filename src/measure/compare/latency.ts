import { judgeBalance } from '../balance/balance.ts'
import { type Histogram, histogramToPairs, percentile } from '../statistics/histogram.ts'
import { rankSum } from '../statistics/rank-sum.ts'
import type { Tally } from '../tally.ts'
import { latencyOf } from '../times/timelines.ts'
import { changeOf, type Change } from './change.ts'
import { partsOf, windowsOf } from './windows.ts'

/** What became of the latency: `worse` where one of its percentiles did. */
export interface LatencyChange {
  change: Change
  percentiles: PercentileChange[]
}

export interface PercentileChange {
  percentile: number
  change: Change
  /** Milliseconds. */
  before: number
  after: number
}

const compared = [50, 90, 99]

/** Slower by half, and by so many milliseconds: less is noise, or of no consequence. */
const factor = 1.5
const milliseconds = 0.2

/** Fewer answers have no 99th percentile. */
const leastAnswers = 100

/**
 * Whether it takes longer than before. A percentile that moved is looked at window by window: how many
 * took longer than what lies half-way between the old and the new one. A single stall makes one window
 * worse, and not most of them.
 */
export function compareLatency(before: Tally, after: Tally): LatencyChange {
  const percentiles = compared.map((of) => comparePercentile(before, after, of))
  const changes = percentiles.map(({ change }) => change)
  const change =
    (['worse', 'better', 'same'] as const).find((one) => changes.includes(one)) ?? 'cannot-tell'
  return { change, percentiles }
}

function comparePercentile(before: Tally, after: Tally, of: number): PercentileChange {
  const histograms = [before.latency.latency, after.latency.latency]
  const [old = 0, now = 0] = histograms.map((histogram) => percentile(histogram, of))
  const found = { percentile: of, before: old, after: now }
  if (histograms.some(({ totalCount }) => totalCount < leastAnswers))
    return { ...found, change: 'cannot-tell' }
  const matters = differ(old, now) && !byWhoAnswered(before, after, of)
  const middle = Math.sqrt(old * now)
  const parts = ({ timelines }: Tally) =>
    partsOf(
      windowsOf(
        timelines.latencies,
        () => true,
        (step) => latencyOf(step) > middle,
      ),
    )
  return { ...found, change: changeOf(matters ? rankSum(parts(before), parts(after)) : 0, matters) }
}

function differ(old: number, now: number): boolean {
  return Math.max(old, now) >= factor * Math.min(old, now) && Math.abs(now - old) >= milliseconds
}

/**
 * Whether only the mix of replicas changed, and none of them. Where connections or clients are dealt out,
 * how many of them meet a slow replica, and whether any does, is up to chance.
 */
function byWhoAnswered(before: Tally, after: Tally, of: number): boolean {
  const [old, now] = [before.latency.replicas, after.latency.replicas]
  if (old.size === 0 || now.size === 0) return false
  if ([before, after].every((run) => judgeBalance(run).verdict === 'even')) return false
  const inBoth = [...old].flatMap(([replica, own]) => {
    const later = now.get(replica)
    return later ? [[own, later] as const] : []
  })
  // After a rollout, all have other names.
  if (inBoth.length === 0)
    return !differ(evenPercentile([...old.values()], of), evenPercentile([...now.values()], of))
  return !inBoth.some(
    (own) =>
      own.every(({ totalCount }) => totalCount >= leastAnswers) &&
      differ(percentile(own[0], of), percentile(own[1], of)),
  )
}

/** A percentile as if all these had equal shares. Milliseconds; 0 for none. */
function evenPercentile(histograms: readonly Histogram[], of: number): number {
  const weighted = histograms.flatMap((histogram) =>
    histogramToPairs(histogram).map(([microseconds, count]) => ({
      milliseconds: microseconds / 1000,
      part: count / histogram.totalCount / histograms.length,
    })),
  )
  let below = 0
  const found = weighted
    .sort((a, b) => a.milliseconds - b.milliseconds)
    .find(({ part }) => (below += part) >= of / 100 - 1e-9)
  return found?.milliseconds ?? 0
}
