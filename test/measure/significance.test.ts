import { describe, expect, test } from 'vitest'
import {
  chiSquareTails,
  chiSquareUpperTail,
  midPInterval,
  wilsonInterval,
} from '../../src/measure/statistics/significance.ts'

describe('chi-square', () => {
  // Critical values as printed in every table of the distribution.
  test.each([
    [3.841, 1, 0.05],
    [10.828, 1, 0.001],
    [16.266, 3, 0.001],
    [27.877, 9, 0.001],
    [124.342, 100, 0.05],
  ])('P(X ≥ %d) with %i degrees of freedom is %d', (x, degrees, p) => {
    expect(chiSquareUpperTail(x, degrees)).toBeCloseTo(p, 4)
  })

  test('a tail far out is tiny and not rounded to zero', () => {
    // With two degrees of freedom the tail is exp(-x / 2).
    expect(chiSquareUpperTail(200, 2) / Math.exp(-100)).toBeCloseTo(1, 9)
    expect(chiSquareTails(1e-20, 2).pLow / 5e-21).toBeCloseTo(1, 9)
  })

  test('the tails add up to one', () => {
    for (const x of [0.5, 2, 9, 30]) {
      const { pLow, pHigh } = chiSquareTails(x, 9)
      expect(pLow + pHigh).toBeCloseTo(1, 12)
    }
  })

  test('without degrees of freedom nothing is unlikely', () => {
    expect(chiSquareUpperTail(0, 0)).toBe(1)
    expect(chiSquareTails(0, 0)).toEqual({ pLow: 1, pHigh: 1 })
  })
})

describe('Wilson interval', () => {
  test('8 of 10 at 95 %', () => {
    const { low, high } = wilsonInterval(0.8, 10, 0.95)
    expect(low).toBeCloseTo(0.4902, 4)
    expect(high).toBeCloseTo(0.9433, 4)
  })

  test('stays between 0 and 1 where nothing or everything was hit', () => {
    expect(wilsonInterval(0, 10, 0.95).low).toBeCloseTo(0, 12)
    expect(wilsonInterval(0, 10, 0.95).high).toBeCloseTo(0.2775, 4)
    expect(wilsonInterval(1, 10, 0.95).high).toBeCloseTo(1, 12)
  })

  test('says nothing without trials', () => {
    expect(wilsonInterval(0, 0, 0.95)).toEqual({ low: 0, high: 1 })
  })
})

describe('mid-P interval', () => {
  /** P(X > hits) and half of P(X = hits), by adding up the binomial distribution. */
  function upperMidP(hits: number, trials: number, p: number): number {
    let term = (1 - p) ** trials
    let above = 0
    let at = 0
    for (let x = 0; x <= trials; x += 1) {
      if (x === hits) at = term
      if (x > hits) above += term
      term *= ((trials - x) / (x + 1)) * (p / (1 - p))
    }
    return above + at / 2
  }

  test.each([
    [1, 20, 0.95],
    [7, 50, 0.95],
    [3, 500, 0.999],
    [40, 80, 0.99],
  ])('%i of %i at %d: each bound leaves half of the rest', (hits, trials, confidence) => {
    const { low, high } = midPInterval(hits, trials, confidence)
    expect(upperMidP(hits, trials, low)).toBeCloseTo((1 - confidence) / 2, 8)
    expect(upperMidP(hits, trials, high)).toBeCloseTo((1 + confidence) / 2, 8)
  })

  test('nothing and everything', () => {
    expect(midPInterval(0, 10, 0.95).low).toBe(0)
    expect(midPInterval(10, 10, 0.95).high).toBe(1)
    expect(midPInterval(0, 0, 0.95)).toEqual({ low: 0, high: 1 })
  })
})
