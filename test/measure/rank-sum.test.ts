import { expect, test } from 'vitest'
import { rankSum } from '../../src/measure/statistics/rank-sum.ts'

// Values in an order in which none takes after the one before it.
const low = [3, 1, 5, 2, 4]
const high = [8, 6, 10, 7, 9]

test('the largest difference of five and five is 2.61 standard deviations', () => {
  // U = 25 of 25, with mean 12.5 and variance 25 · 11 / 12.
  expect(rankSum(low, high)).toBeCloseTo(12.5 / Math.sqrt((25 * 11) / 12), 10)
  expect(rankSum(high, low)).toBeCloseTo(-12.5 / Math.sqrt((25 * 11) / 12), 10)
})

test('how far off a value is does not matter', () => {
  expect(rankSum(low, [8, 6, 1e9, 7, 9])).toBe(rankSum(low, high))
})

test('ties are allowed for: where all is equal, nothing differs', () => {
  expect(rankSum([1, 1, 1], [1, 1, 1])).toBe(0)
  // Ranks 2, 2, 2, 5 and 5, 5, 5, 8, by hand: U = 13.5 of 16, variance 16 · 9 / 12 · (1 − 84 / 504).
  expect(rankSum([0, 1, 0, 0], [1, 2, 1, 1].reverse())).toBeCloseTo(
    (14.5 - 8) / Math.sqrt(((16 * 9) / 12) * (1 - (24 + 60) / 504)),
    10,
  )
})

test('values that take after each other count as fewer', () => {
  expect(rankSum([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeLessThan(rankSum(low, high))
})

test('nothing is no larger than anything', () => {
  expect(rankSum([], [1, 2])).toBe(0)
})
