import { describe, expect, test } from 'vitest'
import { judgeShares } from '../../src/measure/balance/shares.ts'
import type { BalanceEvidence, BalanceVerdict } from '../../src/measure/balance/shares.ts'
import { tellBalance } from '../../src/measure/sentences/balance.ts'

function judgeCounts(
  counts: number[],
  different: Partial<BalanceEvidence> = {},
): BalanceVerdict & { sentence: string } {
  const named = new Map(counts.map((count, i) => [`web-${i}`, count]))
  const verdict = judgeShares({
    unit: 'requests',
    counts: named,
    answers: named,
    dispersion: 1,
    missing: undefined,
    unattributed: 0,
    ...different,
  })
  return { ...verdict, sentence: tellBalance(verdict) }
}

test('the chi-square of a die thrown 60 times', () => {
  const { chiSquare, degreesOfFreedom, p, verdict } = judgeCounts([5, 8, 9, 8, 10, 20])
  expect(chiSquare).toBeCloseTo(13.4, 10)
  expect(degreesOfFreedom).toBe(5)
  expect(p).toBeCloseTo(0.0199, 4)
  // Not shown to be loaded; nor that no side comes twice as often.
  expect(verdict).toBe('cannot-tell')
})

test('three to one is uneven, and says by how much', () => {
  const { verdict, skew, replicas, sentence } = judgeCounts([750, 250])
  expect(verdict).toBe('uneven')
  expect(skew).toBeCloseTo(0.5)
  expect(replicas).toMatchObject([
    { replica: 'web-0', count: 750, share: 0.75 },
    { replica: 'web-1', count: 250, share: 0.25 },
  ])
  expect(sentence).toBe('Uneven: from 25.0 % (web-1) to 75.0 % (web-0), where even is 50.0 %.')
})

test('a deviation that only a long run can see does not matter', () => {
  const { verdict, p, skew, skewLimit } = judgeCounts([5_020_000, 4_980_000])
  expect(p).toBeLessThan(1e-30)
  expect(skew).toBeLessThan(skewLimit)
  expect(verdict).toBe('even')
})

test('intervals hold for all replicas together, so they are wider than one alone needs', () => {
  const width = (counts: number[]) => {
    const [first] = judgeCounts(counts).replicas
    return (first?.high ?? 0) - (first?.low ?? 0)
  }
  expect(width([50, 25, 25])).toBeGreaterThan(width([50, 50]))
  expect(width([50, 10, 10, 10, 10, 10])).toBeGreaterThan(width([50, 25, 25]))
})

test('counts that do not exclude that one gets twice the others are not called even', () => {
  const { verdict, more } = judgeCounts([12, 14, 10])
  expect(verdict).toBe('cannot-tell')
  expect(more).toBeGreaterThan(30)
  expect(judgeCounts([512, 514, 510]).verdict).toBe('even')
})

test('counts in bursts are given more room', () => {
  expect(judgeCounts([560, 440]).verdict).toBe('uneven')
  const bursts = judgeCounts([560, 440], { dispersion: 4 })
  expect(bursts.verdict).toBe('even')
  expect(bursts.chiSquare).toBeCloseTo(judgeCounts([560, 440]).chiSquare / 4)
})

test('shares of few requests that do not look even are told with how few they are', () => {
  const { verdict, sentence } = judgeCounts([17, 17, 17, 9], { dispersion: 0.3 })
  expect(verdict).toBe('even')
  expect(sentence).toBe('Even, as far as 60 requests can tell: 15.0 % to 28.3 % each.')
  expect(judgeCounts([330, 335, 335]).sentence).toBe('Even: 33.0 % to 33.5 % each.')
})

describe('cannot tell', () => {
  test.each<[string, number[], Partial<BalanceEvidence>, RegExp]>([
    ['when nobody has a name', [], {}, /no answer names a replica/],
    ['with one replica', [100], {}, /Only one replica answered/],
    ['with less than five expected for each', [4, 5], {}, /9 requests for 2 replicas/],
    [
      'when connections are dealt out and these are few',
      [2, 2],
      { unit: 'connections' },
      /4 connections for 2 replicas are too few; it would take about 220 more/,
    ],
    [
      'when a replica was missing for a while',
      [600, 400],
      { missing: 'web-1' },
      /replicas came or left/,
    ],
  ])('%s', (_name, counts, different, reason) => {
    const { verdict, sentence } = judgeCounts(counts, different)
    expect(verdict).toBe('cannot-tell')
    expect(sentence).toMatch(reason)
  })
})
