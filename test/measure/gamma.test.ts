import { expect, test } from 'vitest'
import { incompleteGamma } from '../../src/measure/statistics/gamma.ts'
import { zOf } from '../../src/measure/statistics/significance.ts'

/**
 * Q(a, x) for a whole number a: the chance of fewer than a events where x are expected (Abramowitz and
 * Stegun 26.4.21), added up from the most likely one, so that nothing underflows on the way.
 */
function poissonSum(x: number, from: number, to: number): number {
  const top = Math.min(Math.max(Math.floor(x), from), to)
  let logTop = top * Math.log(x) - x
  for (let k = 2; k <= top; k += 1) logTop -= Math.log(k)
  let sum = 1
  let term = 1
  for (let k = top; k > from && term > 1e-18; k -= 1) sum += term *= k / x
  term = 1
  for (let k = top + 1; k <= to && term > 1e-18; k += 1) sum += term *= x / k
  return Math.exp(logTop) * sum
}

const sizes = [1, 2, 5, 10, 100, 1234, 1e5]
const deviations = [-20, -8, -3, -1, -0.1, 0, 0.1, 1, 3, 8, 20]

test.each(sizes)('both tails are sums of Poisson probabilities, a = %d', (a) => {
  for (const deviation of deviations) {
    const x = a + deviation * Math.sqrt(a)
    if (x <= 0) continue
    const { lower, upper } = incompleteGamma(a, x)
    const reference = [poissonSum(x, a, a + x + 1000), poissonSum(x, 0, a - 1)]
    for (const [i, ours] of [lower, upper].entries()) {
      const exact = reference[i] ?? NaN
      expect(Math.abs(ours - exact), `a ${a}, x ${x}`).toBeLessThan(1e-7 * exact + 1e-14)
    }
  }
})

// As in every table of the normal distribution.
test.each([
  [0.5, 0.6744897502],
  [0.9, 1.644853627],
  [0.95, 1.9599639845],
  [0.99, 2.5758293035],
  [0.998, 3.0902323062],
])('%d of a normal variable lies within %d deviations', (confidence, z) => {
  expect(zOf(confidence)).toBeCloseTo(z, 9)
})
