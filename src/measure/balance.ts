import type { Absence } from './presence.ts'
import { chiSquareUpperTail, wilsonInterval } from './significance.ts'
import { amount, percent, probability } from './words.ts'

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
  sentence: string
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
  absences: Absence[]
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
export function judgeBalance(evidence: BalanceEvidence): BalanceVerdict {
  const { unit, counts, answers, unattributed } = evidence
  const dispersion = Math.max(1, evidence.dispersion)
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
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
  const reason = whyNot(evidence, total, expected)
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
    sentence: reason ?? describe(verdict === 'even', unit, replicas, total, p),
  }
}

function whyNot(
  { unit, counts, absences }: BalanceEvidence,
  total: number,
  expected: number,
): string | undefined {
  const [only] = counts.keys()
  if (only === undefined) return 'No answer names a replica, so there are no shares to compare.'
  if (counts.size === 1) return `Only ${only} answered, so there are no shares to compare.`
  const [absence] = absences
  if (absence) {
    return `The replicas changed during the run (${absence.replica} was missing for a part of it), so equal shares were not to be expected.`
  }
  if (expected >= minExpected) return undefined
  const pinned = unit === 'connections' ? ', and it is connections that are dealt out' : ''
  return `${amount(total, unit.slice(0, -1))} for ${amount(counts.size, 'replica')} say nothing about evenness${pinned}: at least ${minExpected} each are needed.`
}

function describe(
  isEven: boolean,
  unit: string,
  replicas: ReplicaShare[],
  total: number,
  p: number,
): string {
  const byShare = [...replicas].sort((a, b) => a.share - b.share)
  const [lowest, highest] = [byShare.at(0), byShare.at(-1)].map(
    (one) => `${percent(one?.share ?? 0)} (${one?.replica})`,
  )
  const range = `shares go from ${lowest} to ${highest} of ${amount(total, unit.slice(0, -1))}, where even is ${percent(1 / replicas.length)}`
  if (!isEven) return `Uneven: ${range}; chance does not explain that (${probability(p)}).`
  return p < alpha
    ? `Even: ${range}; that is more than chance, but too little to matter (${probability(p)}).`
    : `Even: ${range}; chance explains that (${probability(p)}).`
}
