import gammainc from '@stdlib/math-base-special-gammainc'
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'

/**
 * P(X ≥ x) for a chi-square variable with `degrees` degrees of freedom (Pearson 1900). The upper
 * tail is computed as such: 1 − P(X < x) would be rounded to 0 below 1e-16.
 */
export function chiSquareUpperTail(x: number, degrees: number): number {
  return degrees > 0 ? gammainc(x / 2, degrees / 2, true, true) : 1
}

/** Both tails: the chance of a chi-square as low as `x`, and of one as high. */
export function chiSquareTails(x: number, degrees: number): { pLow: number; pHigh: number } {
  if (degrees === 0) return { pLow: 1, pHigh: 1 }
  // Each tail is computed on its own side, where it may be tiny.
  if (x > degrees) {
    const pHigh = chiSquareUpperTail(x, degrees)
    return { pLow: 1 - pHigh, pHigh }
  }
  const pLow = gammainc(x / 2, degrees / 2, true, false)
  return { pLow, pHigh: 1 - pLow }
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
  const z = normalQuantile((1 + confidence) / 2, 0, 1)
  const z2 = z * z
  const middle = share + z2 / (2 * trials)
  const reach = z * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials))
  const scale = 1 + z2 / trials
  return {
    low: Math.max(0, (middle - reach) / scale),
    high: Math.min(1, (middle + reach) / scale),
  }
}
