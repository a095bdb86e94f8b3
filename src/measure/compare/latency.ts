import { percentile } from '../statistics/histogram.ts'
import { rankSum } from '../statistics/rank-sum.ts'
import type { Tally } from '../tally.ts'
import { latencyOf } from '../times/timelines.ts'
import { changeOf, type Change } from './change.ts'
import { likeForLike } from './like-for-like.ts'
import { partsOf, windowsOf } from './windows.ts'

/** What became of the latency: `worse` where one of its percentiles did. */
export interface LatencyChange {
  change: Change
  /** Why it cannot be told, where one of them cannot. */
  reason?: 'few-answers' | 'other-replicas' | undefined
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
  const change = (['worse', 'better', 'cannot-tell'] as const).find((one) => changes.includes(one))
  if (change !== 'cannot-tell') return { change: change ?? 'same', percentiles }
  const reason = isEnough(before) && isEnough(after) ? 'other-replicas' : 'few-answers'
  return { change, reason, percentiles }
}

function comparePercentile(before: Tally, after: Tally, of: number): PercentileChange {
  const [old, now] = [percentileOf(before, of), percentileOf(after, of)]
  const found = { percentile: of, before: old, after: now }
  if (!isEnough(before) || !isEnough(after)) return { ...found, change: 'cannot-tell' }
  if (!differ(old, now)) return { ...found, change: 'same' }
  const alike = likeForLike(before, after, of)
  if (!alike) return { ...found, change: 'cannot-tell' }
  const matters = differ(alike.before, alike.after) && alike.after > alike.before === now > old
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

const percentileOf = ({ latency }: Tally, of: number) => percentile(latency.latency, of)
const isEnough = ({ latency }: Tally) => latency.latency.totalCount >= leastAnswers

function differ(old: number, now: number): boolean {
  return Math.max(old, now) >= factor * Math.min(old, now) && Math.abs(now - old) >= milliseconds
}
