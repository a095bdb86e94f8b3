import hdr from 'hdr-histogram-js/dist/Float64Histogram.js'
import { describe, expect, test } from 'vitest'
import {
  createHistogram,
  histogramFromPairs,
  histogramToPairs,
  mergeHistograms,
  percentile,
  percentiles,
  record,
} from '../../src/measure/statistics/histogram.ts'
import { judge } from '../../src/measure/verdicts.ts'
import { answered, tallyOf } from './observations.ts'
import { seeded } from './random.ts'
import { start } from './simulation.ts'

/** From 10 µs to 100 s, spread evenly over the magnitudes. */
function durations(seed: number): number[] {
  const draw = seeded(seed)
  return Array.from({ length: 5000 }, () => 10 ** (-2 + 7 * draw()))
}

function histogramOf(values: number[]) {
  const histogram = createHistogram()
  for (const value of values) record(histogram, value)
  return histogram
}

test('percentiles are right to a thousandth, over seven orders of magnitude', () => {
  const values = durations(1)
  const histogram = histogramOf(values)
  const sorted = values.toSorted((a, b) => a - b)
  for (const p of [1, 25, 50, 90, 99, 99.9, 100]) {
    const exact = sorted[Math.ceil((p / 100) * sorted.length) - 1] ?? 0
    // A microsecond is the unit, so small values are rounded to it.
    expect(Math.abs(percentile(histogram, p) - exact)).toBeLessThan(exact / 1000 + 0.001)
  }
})

test('a value is counted where the package itself would count it', () => {
  const theirs = new hdr.default(1, 2, 3)
  const ours = createHistogram()
  const powers = Array.from({ length: 50 }, (_, power) => 2 ** power)
  for (const value of [0, ...powers.flatMap((power) => [power - 1, power, power + 1, 3 * power])]) {
    expect(ours.countsArrayIndex(value)).toBe(theirs.countsArrayIndex(value))
  }
})

test('merging equals recording both', () => {
  const [a, b] = [durations(1), durations(2)]
  const merged = mergeHistograms(histogramOf(a), histogramOf(b))
  expect(histogramToPairs(merged)).toEqual(histogramToPairs(histogramOf([...a, ...b])))
})

test('merging leaves its inputs as they were', () => {
  const a = histogramOf([1])
  mergeHistograms(a, histogramOf([1000]))
  expect(percentiles(a)).toMatchObject({ count: 1, max: 1 })
})

test('pairs give the histogram back', () => {
  const histogram = histogramOf([0, ...durations(3)])
  const again = histogramFromPairs(histogramToPairs(histogram))
  expect(percentiles(again)).toEqual(percentiles(histogram))
  expect(histogramToPairs(again)).toEqual(histogramToPairs(histogram))
})

test('an empty histogram is all zeros', () => {
  expect(percentiles(createHistogram())).toEqual({
    count: 0,
    p50: 0,
    p90: 0,
    p95: 0,
    p99: 0,
    p999: 0,
    max: 0,
  })
})

describe('a request that had to wait', () => {
  const { latency } = judge(
    tallyOf([answered({ due: start, sent: start + 500, done: start + 510 })]),
  )

  test('counts from when it was due', () => {
    expect(latency.latency.max).toBeCloseTo(510, 0)
    expect(latency.service.max).toBeCloseTo(10, 1)
    expect(latency.lateness.max).toBeCloseTo(500, 0)
  })

  test('is not held against the replica', () => {
    expect(latency.replicas).toMatchObject([{ replica: 'web-0', count: 1 }])
    expect(latency.replicas[0]?.max).toBeCloseTo(10, 1)
  })
})

test('a request without an answer has no latency', () => {
  const { latency } = judge(
    tallyOf([answered({ outcome: 'refused', status: undefined, replica: undefined })]),
  )
  expect(latency.latency.count).toBe(0)
  expect(latency.lateness.count).toBe(1)
  expect(latency.sentence).toBe('Nothing was answered.')
})

test('a time-out counts as having taken at least that long', () => {
  const gone = { outcome: 'timeout', status: undefined, replica: undefined } as const
  const { latency } = judge(
    tallyOf([answered(), answered({ ...gone, index: 1, due: start, done: start + 5000 })]),
  )
  expect(latency.timeouts).toBe(1)
  expect(latency.latency.max).toBeCloseTo(5000, -1)
  expect(latency.service.count).toBe(1)
})
