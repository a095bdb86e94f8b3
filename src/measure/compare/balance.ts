import { judgeBalance } from '../balance/balance.ts'
import type { BalanceVerdict } from '../balance/shares.ts'
import { midPInterval } from '../statistics/significance.ts'
import type { Tally } from '../tally.ts'
import type { Change } from './change.ts'

/** What became of the balance. */
export interface BalanceChange {
  change: Change
  before: Spread
  after: Spread
}

/** How requests were spread over the replicas. */
export interface Spread {
  unit: BalanceVerdict['unit']
  replicas: number
  /** The largest distance of a share from the even share, as a part of the even share. */
  skew: number
  /** The replica that it is of, and its share (absent: nobody is named). */
  furthest?: { replica: string; share: number } | undefined
}

/** So much further from even, as a part of the even share: less is of no consequence. */
const least = 0.1
/** Of each interval, shared among its replicas. Two that are apart are so by chance once in a million. */
const confidence = 0.9999

/**
 * Whether shares that were even are so no more, or the other way round, whatever the replicas are called
 * now. How uneven an uneven balancer is may differ from run to run: with which of its workers a kept
 * connection ends is up to chance once, and for all of its requests.
 */
export function compareBalance(before: Tally, after: Tally): BalanceChange {
  const [old, now] = [judgeBalance(before), judgeBalance(after)]
  const found = { before: spreadOf(old), after: spreadOf(now) }
  const known = old.verdict !== 'cannot-tell' && now.verdict !== 'cannot-tell'
  // Who was met by few connections is up to chance, and so is how uneven that looks.
  const alike = old.unit === now.unit && old.replicas.length === now.replicas.length
  if (!known || !alike) return { ...found, change: 'cannot-tell' }
  const [from, to] = [boundsOf(old), boundsOf(now)]
  if (old.verdict === 'even' && now.skew >= old.skew + least && to.low > from.high)
    return { ...found, change: 'worse' }
  if (now.verdict === 'even' && old.skew >= now.skew + least && from.low > to.high)
    return { ...found, change: 'better' }
  return { ...found, change: 'same' }
}

function spreadOf({ unit, replicas, skew }: BalanceVerdict): Spread {
  const even = 1 / replicas.length
  const [furthest] = replicas.toSorted(
    (a, b) => Math.abs(b.share - even) - Math.abs(a.share - even),
  )
  return {
    unit,
    replicas: replicas.length,
    skew,
    furthest: furthest && { replica: furthest.replica, share: furthest.share },
  }
}

/** Between which the true skew lies. */
function boundsOf({ replicas, dispersion }: BalanceVerdict): { low: number; high: number } {
  const even = 1 / replicas.length
  const total = replicas.reduce((sum, { count }) => sum + count, 0) / dispersion
  const eachAt = 1 - (1 - confidence) / replicas.length
  const intervals = replicas.map(({ count }) => midPInterval(count / dispersion, total, eachAt))
  return {
    low: Math.max(
      0,
      ...intervals.map(({ low, high }) => Math.max(low / even - 1, 1 - high / even)),
    ),
    high: Math.max(
      ...intervals.map(({ low, high }) =>
        Math.max(Math.abs(low / even - 1), Math.abs(high / even - 1)),
      ),
    ),
  }
}
