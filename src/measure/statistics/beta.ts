import { logGamma } from './gamma.ts'

const precision = 1e-14
const maxTerms = 10_000

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz' method. */
function fraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m < maxTerms; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / guarded(1 + even * d)
    c = guarded(1 + even / c)
    result *= c * d
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / guarded(1 + odd * d)
    c = guarded(1 + odd / c)
    result *= c * d
    if (Math.abs(c * d - 1) < precision) break
  }
  return result
}

const tiny = 1e-300
const guarded = (value: number) => (Math.abs(value) < tiny ? tiny : value)

/** The regularised incomplete beta function I(x; a, b). @param a, b more than 0 @param x 0 to 1 */
export function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const scale = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  )
  return x < (a + 1) / (a + b + 2)
    ? (scale * fraction(a, b, x)) / a
    : 1 - (scale * fraction(b, a, 1 - x)) / b
}
