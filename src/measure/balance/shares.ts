import { sumOf } from '../statistics/maps.ts'
import { chiSquareUpperTail, wilsonInterval } from '../statistics/significance.ts'

export interface BalanceVerdict {
  verdict: 'even' | 'uneven' | 'cannot-tell'
  /** What the balancer deals out, and so what is counted: requests, or whole connections. */
  unit: 'requests' | 'connections'
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
  /** So many of `unit` each replica must be expected to get before anything is said. */
  minExpected: number
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
  unit: 'requests' | 'connections'
  counts: ReadonlyMap<string, number>
  answers: ReadonlyMap<string, number>
  dispersion: number
  /** A replica that was missing for a while. */
  missing: string | undefined
  unattributed: number
}

const alpha = 0.001
const skewLimit = 0.05
const confidence = 0.95
/** Below this many expected in each cell, chi-square is no good approximation (Cochran 1954). */
const minExpected = 5

/**
 * Shares and whether they are even.
 *
 * Intervals are Wilson's, each at a confidence of 1 − 0.05/k, so that those of all k replicas hold
 * together (Bonferroni; Goodman 1965 for multinomial shares): a table is read as a whole. Counts
 * that vary more than at random are allowed for by dividing chi-square by the dispersion
 * (quasi-likelihood, Wedderburn 1974).
 */
export function judgeShares(evidence: BalanceEvidence): BalanceVerdict {
  const { unit, counts, answers, missing, unattributed } = evidence
  const dispersion = Math.max(1, evidence.dispersion)
  const total = sumOf(counts)
  const even = 1 / counts.size
  const replicas = [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([replica, count]) => {
      const share = count / total
      const interval = wilsonInterval(share, total / dispersion, 1 - (1 - confidence) / counts.size)
      return { replica, count, answers: answers.get(replica) ?? 0, share, ...interval }
    })
  const expected = total * even
  const deviation = replicas.reduce((sum, { count }) => sum + (count - expected) ** 2, 0)
  const chiSquare = total === 0 ? 0 : deviation / expected / dispersion
  const degreesOfFreedom = Math.max(0, counts.size - 1)
  const p = chiSquareUpperTail(chiSquare, degreesOfFreedom)
  const skew = Math.max(0, ...replicas.map(({ share }) => Math.abs(share / even - 1)))
  const reason =
    counts.size === 0
      ? 'nobody'
      : counts.size === 1
        ? 'one-replica'
        : missing
          ? 'replica-missing'
          : expected < minExpected
            ? 'too-few'
            : undefined
  const verdict = reason ? 'cannot-tell' : p < alpha && skew > skewLimit ? 'uneven' : 'even'
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
    minExpected,
  }
}
