import { sumOf } from '../statistics/maps.ts'
import { midPInterval } from '../statistics/significance.ts'

export interface Interval {
  name: string
  count: number
  /** 0 to 1. */
  share: number
  low: number
  high: number
}

/**
 * The shares of all, with intervals that hold together with that confidence: each at 1 − (1 − confidence)/k
 * (Bonferroni; Goodman 1965 for multinomial shares), as a table is read as a whole. Those of two mirror
 * each other, and so are one.
 * @param dispersion how much counts vary, compared with chance; below 1 it counts as 1
 */
export function intervals(
  counts: ReadonlyMap<string, number>,
  dispersion: number,
  confidence = 0.95,
): Interval[] {
  const total = sumOf(counts)
  const wider = Math.max(1, dispersion)
  const eachAt = 1 - (1 - confidence) / (counts.size === 2 ? 1 : counts.size)
  return [...counts].map(([name, count]) => ({
    name,
    count,
    share: total === 0 ? 0 : count / total,
    ...midPInterval(count / wider, total / wider, eachAt),
  }))
}
