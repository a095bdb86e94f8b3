import { sumOf } from '../statistics/maps.ts'
import { chiSquareOfEven, chiSquareUpperTail } from '../statistics/significance.ts'
import { intervals } from './intervals.ts'
import { requestsForEven, twiceIsExcluded } from './power.ts'

export interface BalanceVerdict {
  verdict: 'even' | 'uneven' | 'cannot-tell'
  /** What the balancer deals out, and so what is counted: requests, whole connections, clients, or URLs. */
  unit: 'requests' | 'connections' | 'clients' | 'URLs'
  /** Sorted by name. */
  replicas: ReplicaShare[]
  /** Pearson's chi-square against equal shares, already divided by `dispersion`. */
  chiSquare: number
  degreesOfFreedom: number
  p: number
  /** Where counts vary more than at random (above 1), chi-square and intervals allow for it. */
  dispersion: number
  /** The largest distance of a share from the even share, as a part of the even share. */
  skew: number
  /**
   * Uneven means both: `p` below `alpha`, and `skew` above `skewLimit`. With ten million requests
   * chi-square alone would find every real system uneven, by amounts that matter to nobody.
   */
  alpha: number
  skewLimit: number
  /** Answers that name no replica. */
  unattributed: number
  /** Why it cannot be told. */
  reason?: 'nobody' | 'one-replica' | 'replica-missing' | 'too-few' | undefined
  /** The replica that was missing for a while. */
  missing?: string | undefined
  /** How many more of `unit` it would take, where there are too few. */
  more?: number | undefined
}

export interface ReplicaShare {
  replica: string
  /** How many of `unit`. */
  count: number
  /** Answers, whatever the unit. */
  answers: number
  share: number
  /** The intervals of all replicas hold together with 95 % confidence. */
  low: number
  high: number
}

export interface BalanceEvidence {
  unit: BalanceVerdict['unit']
  counts: ReadonlyMap<string, number>
  answers: ReadonlyMap<string, number>
  dispersion: number
  /** A replica that was missing for a while. */
  missing: string | undefined
  unattributed: number
}

const alpha = 0.001
const skewLimit = 0.05
/** Below this many expected in each cell, chi-square is no good approximation (Cochran 1954). */
const minExpected = 5

/**
 * Shares and whether they are even.
 *
 * Counts that vary more than at random are allowed for by dividing chi-square by the dispersion
 * (quasi-likelihood, Wedderburn 1974).
 *
 * "Even" is a statement too: it is made where the counts exclude that a replica gets twice what the
 * others get.
 */
export function judgeShares(evidence: BalanceEvidence): BalanceVerdict {
  const { unit, counts, answers, missing, unattributed } = evidence
  const dispersion = Math.max(1, evidence.dispersion)
  const total = sumOf(counts)
  const even = 1 / counts.size
  const replicas = intervals(counts, dispersion)
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ name, count, share, low, high }) => ({
      replica: name,
      count,
      answers: answers.get(name) ?? 0,
      share,
      low,
      high,
    }))
  const expected = total * even
  const chiSquare = total === 0 ? 0 : chiSquareOfEven([...counts.values()]) / dispersion
  const degreesOfFreedom = Math.max(0, counts.size - 1)
  const p = chiSquareUpperTail(chiSquare, degreesOfFreedom)
  const skew = Math.max(0, ...replicas.map(({ share }) => Math.abs(share / even - 1)))
  const uneven = p < alpha && skew > skewLimit
  const reason =
    counts.size === 0
      ? 'nobody'
      : counts.size === 1
        ? 'one-replica'
        : missing
          ? 'replica-missing'
          : !(uneven && expected >= minExpected) &&
              !twiceIsExcluded([...counts.values()], evidence.dispersion)
            ? 'too-few'
            : undefined
  const verdict = reason ? 'cannot-tell' : uneven ? 'uneven' : 'even'
  return {
    verdict,
    unit,
    replicas,
    chiSquare,
    degreesOfFreedom,
    p,
    dispersion,
    skew,
    alpha,
    skewLimit,
    unattributed,
    reason,
    missing,
    more:
      reason === 'too-few' ? requestsForEven(counts.size, total, evidence.dispersion) : undefined,
  }
}
