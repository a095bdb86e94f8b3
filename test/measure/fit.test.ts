import { describe, expect, test } from 'vitest'
import { judgeFit } from '../../src/measure/balance/fit.ts'
import type { Fit } from '../../src/measure/balance/fit.ts'

const canary = new Map([
  ['v1', 90],
  ['v2', 10],
])
const counts = (v1: number, v2: number) =>
  new Map([
    ['v1', v1],
    ['v2', v2],
  ])
const fitOf = (v1: number, v2: number, dispersion = 1) =>
  judgeFit(canary, counts(v1, v2), dispersion)

/** The chances of each number of hits, exactly: by multiplying them up from the first. */
function binomial(trials: number, p: number): number[] {
  let log = trials * Math.log1p(-p)
  return Array.from({ length: trials + 1 }, (_, hits) => {
    const chance = Math.exp(log)
    log += Math.log((trials - hits) / (hits + 1)) + Math.log(p / (1 - p))
    return chance
  })
}

/** The chance of a finding where canaries are drawn with that share. */
function chanceOf(trials: number, share: number, holds: (fit: Fit) => boolean): number {
  return binomial(trials, share).reduce(
    (sum, chance, hits) =>
      chance > 1e-9 && holds(fitOf(trials - hits, hits)) ? sum + chance : sum,
    0,
  )
}

test.for([200, 1000])('of %i requests drawn 90:10 one run in a thousand differs', (trials) => {
  const alarms = chanceOf(trials, 0.1, ({ verdict }) => verdict === 'differs')
  expect(alarms).toBeGreaterThan(0.0003)
  expect(alarms).toBeLessThan(0.0015)
})

test.for([200, 1000])('of %i, intervals hold the true share in 95 of 100 runs', (trials) => {
  const held = chanceOf(trials, 0.1, ({ parts }) =>
    parts.every(({ weight, low, high }) => low <= weight && weight <= high),
  )
  expect(Math.abs(held - 0.95)).toBeLessThan(0.01)
})

test('as many more as it asks for tell 90:10 from 85:15, both ways round', () => {
  const { more = 0, nextExcluded } = fitOf(180, 20)
  expect(nextExcluded).toBe(false)
  const enough = 200 + more
  expect(enough).toBeLessThan(1100)
  expect(chanceOf(enough, 0.1, (fit) => fit.nextExcluded)).toBeGreaterThan(0.9)
  expect(chanceOf(enough, 0.15, ({ verdict }) => verdict === 'differs')).toBeGreaterThan(0.9)
  // And half of them do not.
  expect(chanceOf(Math.round(enough / 2), 0.1, (fit) => fit.nextExcluded)).toBeLessThan(0.75)
})

describe('what was counted', () => {
  test.for<[number, number, Fit['verdict']]>([
    [900, 100, 'fits'],
    [880, 120, 'fits'],
    [850, 150, 'differs'],
    [950, 50, 'differs'],
    [1000, 0, 'differs'],
    // Eleven of them may well be ten to one, and quite something else.
    [10, 1, 'cannot-tell'],
    [0, 0, 'cannot-tell'],
    [1, 5, 'differs'],
  ])('%i to %i: %s', ([v1, v2, verdict]) => {
    expect(fitOf(v1, v2).verdict).toBe(verdict)
  })

  test('by chance only just', () => {
    expect(fitOf(900, 100).barely).toBe(false)
    expect(fitOf(877, 123)).toMatchObject({ verdict: 'fits', barely: true })
  })

  test('that varies more than by chance says less', () => {
    expect(fitOf(850, 150, 10).verdict).not.toBe('differs')
    expect(fitOf(9000, 1000, 10).parts).toEqual(
      fitOf(900, 100).parts.map((part) => ({ ...part, count: part.count * 10 })),
    )
    // An exact pattern is no reason to be surer than chance allows.
    expect(fitOf(900, 100, 0.01)).toEqual(fitOf(900, 100))
  })

  test('by somebody whom the weights do not name differs, however little it is', () => {
    const { verdict, parts } = judgeFit(canary, new Map([...counts(9000, 1000), ['v3', 1]]), 1)
    expect(verdict).toBe('differs')
    expect(parts).toMatchObject([{ name: 'v1' }, { name: 'v2' }, { name: 'v3', weight: 0 }])
  })

  test('by one, which should get all', () => {
    const all = new Map([['v1', 1]])
    expect(judgeFit(all, new Map([['v1', 500]]), 1)).toMatchObject({
      verdict: 'fits',
      next: [0.95],
    })
    expect(judgeFit(all, new Map([['v1', 5]]), 1).verdict).toBe('cannot-tell')
    expect(judgeFit(all, counts(999, 1), 1).verdict).toBe('differs')
  })
})

test.for<[string, number[], number[]]>([
  ['90:10', [90, 10], [0.85, 0.15]],
  ['10:90', [10, 90], [0.15, 0.85]],
  ['1:1', [1, 1], [0.45, 0.55]],
  ['99:1', [99, 1], [0.985, 0.015]],
  ['80:15:5', [80, 15, 5], [0.775, 0.15, 0.075]],
  ['100:0', [100, 0], [0.95, 0.05]],
  ['90:10:0', [90, 10, 0], [0.85, 0.15, 0]],
])('next to %s', ([, weights, next]) => {
  const named = new Map(weights.map((weight, place) => [`v${place}`, weight]))
  const fit = judgeFit(named, new Map(), 1)
  expect(fit.next.map((share) => Number(share.toFixed(4)))).toEqual(next)
})
