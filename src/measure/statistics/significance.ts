import { incompleteBeta } from './beta.ts'
import { incompleteGamma } from './gamma.ts'

/** P(X ≥ x) for a chi-square variable with `degrees` degrees of freedom (Pearson 1900). */
export function chiSquareUpperTail(x: number, degrees: number): number {
  return chiSquareTails(x, degrees).pHigh
}

/** Both tails: the chance of a chi-square as low as `x`, and of one as high. */
export function chiSquareTails(x: number, degrees: number): { pLow: number; pHigh: number } {
  if (degrees === 0) return { pLow: 1, pHigh: 1 }
  const { lower, upper } = incompleteGamma(degrees / 2, x / 2)
  return { pLow: lower, pHigh: upper }
}

/** Pearson's chi-square of counts against equal ones. @param counts one at least, not all of them 0 */
export function chiSquareOfEven(counts: readonly number[]): number {
  const even = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - even) ** 2 / even, 0)
}

const steps = 60

/**
 * How many standard deviations a normal variable stays within with this confidence: 1.96 for 95 %.
 * Its square is a chi-square variable with one degree of freedom, whose tail is inverted by halving.
 */
export function zOf(confidence: number): number {
  let low = 0
  let high = 40
  for (let step = 0; step < steps; step += 1) {
    const middle = (low + high) / 2
    if (chiSquareUpperTail(middle * middle, 1) > 1 - confidence) low = middle
    else high = middle
  }
  return low
}

/**
 * Confidence interval of a proportion: the score interval (Wilson 1927), which stays inside [0, 1]
 * and holds for small counts. `trials` need not be whole: an effective sample size is fine.
 */
export function wilsonInterval(
  share: number,
  trials: number,
  confidence: number,
): { low: number; high: number } {
  if (trials <= 0) return { low: 0, high: 1 }
  const z = zOf(confidence)
  const z2 = z * z
  const middle = share + z2 / (2 * trials)
  const reach = z * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials))
  const scale = 1 + z2 / trials
  return {
    low: Math.max(0, (middle - reach) / scale),
    high: Math.min(1, (middle + reach) / scale),
  }
}

/** P(X ≥ hits) in so many trials, each with chance `p`. */
export function binomialUpperTail(hits: number, trials: number, p: number): number {
  if (hits <= 0) return 1
  return hits > trials ? 0 : incompleteBeta(hits, trials - hits + 1, p)
}

/**
 * Confidence interval of a proportion by the mid-P method (Lancaster 1961): the exact binomial tails,
 * with half of the chance of what was seen itself. It holds where few were hit of many, which the score
 * interval does not at high confidence. `hits` and `trials` need not be whole.
 */
export function midPInterval(
  hits: number,
  trials: number,
  confidence: number,
): { low: number; high: number } {
  if (trials <= 0) return { low: 0, high: 1 }
  const tail = (1 - confidence) / 2
  const middle = (p: number) =>
    (binomialUpperTail(hits, trials, p) + binomialUpperTail(hits + 1, trials, p)) / 2
  return {
    low: hits <= 0 ? 0 : bisect((p) => middle(p) < tail),
    high: hits >= trials ? 1 : bisect((p) => middle(p) < 1 - tail),
  }
}

/** Where `below` ceases to hold, between 0 and 1. */
function bisect(below: (p: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < steps; step += 1) {
    const middle = (low + high) / 2
    if (below(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}
