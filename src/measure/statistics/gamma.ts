/** Lanczos' approximation of ln Γ(x) with g = 7 and nine terms (Godfrey 2001): 15 digits. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
]
const g = 7

/** ln Γ(x). @param x more than 0 */
export function logGamma(x: number): number {
  const base = x + g - 0.5
  const sum = lanczos.reduce((total, term, i) => (i === 0 ? term : total + term / (x - 1 + i)), 0)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum)
}

const precision = 1e-15
/** Both expansions need some times √a terms. */
const maxTerms = 1_000_000

/** P(a, x) by its power series (Abramowitz and Stegun 6.5.29): for x below a + 1. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < maxTerms && term > sum * precision; n += 1) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

/** Q(a, x) by its continued fraction (6.5.31), evaluated by Lentz' method: for x above a + 1. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = Infinity
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < maxTerms; n += 1) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    fraction *= c * d
    if (Math.abs(c * d - 1) < precision) break
  }
  return fraction
}

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), each computed on its
 * own side, where it may be tiny. @param a more than 0 @param x 0 or more
 */
export function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 }
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    const lower = scale * lowerSeries(a, x)
    return { lower, upper: 1 - lower }
  }
  const upper = scale * upperFraction(a, x)
  return { lower: 1 - upper, upper }
}
