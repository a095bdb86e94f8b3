import { expect, test } from 'vitest'
import type { Observation } from '../../src/measure/observation.ts'
import { mergeTallies } from '../../src/measure/tally.ts'
import { judge } from '../../src/measure/verdicts.ts'
import { answered, tallyOf } from './observations.ts'
import { start } from './simulation.ts'

/** Answers of one process life after the other; each has its first one after `cold` ms. */
function lives(counts: number[], cold: number, warm: (index: number) => number): Observation[] {
  let index = 0
  return counts.flatMap((answers, life) =>
    Array.from({ length: answers }, (_, place) => {
      const at = index++
      const sent = start + at * 1000
      const done = sent + (place === 0 ? cold : warm(at))
      return answered({ index: at, due: sent, sent, done, boot: `b${life}`, n: place + 1 })
    }),
  )
}
const coldStartsOf = (observations: Observation[]) => judge(tallyOf(observations)).coldStarts
/** 4 to 13 ms. */
const even = (index: number) => 4 + (index % 10)

test('first answers that take much longer are told apart', () => {
  const found = coldStartsOf(lives([100, 50, 50], 800, even))
  expect(found.verdict).toBe('cold')
  expect(found.first).toMatchObject({ count: 3 })
  expect(found.first.p50).toBeCloseTo(800, -1)
  expect(found.further).toMatchObject({ count: 197 })
  expect(found.sentence).toMatch(
    /^3 of 200 answers were the first of their process: p50 800 ms, max 800 ms; warm ones p50 9\.01 ms, max 13 ms\.$/,
  )
})

test.for<[string, string, Observation[]]>([
  ['a process that was just started, and is there to stay', 'none', lives([500], 60, even)],
  ['several of them', 'none', lives([500, 500, 500], 90, even)],
  [
    'first answers as slow as many others are',
    'none',
    lives([500], 700, (at) => (at % 20 === 0 ? 900 : 5)),
  ],
  ['a service that is as slow always', 'none', lives([100, 100], 800, () => 700)],
  ['a single one among few', 'cannot-tell', lives([20], 800, even)],
  ['a single one among many', 'cold', lives([200], 800, even)],
  ['several among few', 'cold', lives([4, 4, 4, 4, 4], 800, even)],
  ['no first answer', 'none', lives([500], 800, even).slice(1)],
  ['answers without a number', 'cannot-tell', [answered()]],
])('%s: %s', ([, verdict, observations]) => {
  expect(coldStartsOf(observations).verdict).toBe(verdict)
})

test('time to connect is no cold start', () => {
  const slow = lives([300], 800, even).map((one) =>
    one.n === 1 ? { ...one, written: one.sent + 790 } : one,
  )
  expect(coldStartsOf(slow).verdict).toBe('none')
})

test('too few say how many more it would take', () => {
  const { more, sentence } = coldStartsOf(lives([21], 800, even))
  expect(more).toBe(80)
  expect(sentence).toContain('about 80 more would tell whether that is chance')
  expect(coldStartsOf(lives([21 + 80], 800, even)).verdict).toBe('cold')
})

test('several probes see what all of them saw', () => {
  const { coldStarts } = judge(
    mergeTallies(tallyOf(lives([100], 300, even)), tallyOf(lives([100], 900, even))),
  )
  expect(coldStarts).toMatchObject({
    verdict: 'cold',
    first: { count: 2 },
    further: { count: 198 },
  })
  expect(coldStarts.first.max).toBeCloseTo(900, -1)
})
