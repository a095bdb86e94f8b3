// The plain JavaScript histogram by itself: the package's entry adds WebAssembly and a codec, 120 kB.
import hdr from 'hdr-histogram-js/dist/Float64Histogram.js'
import * as v from 'valibot'
import { count } from './schemas.ts'

/**
 * A high dynamic range histogram (Gil Tene's HdrHistogram): every value to three significant
 * digits, in memory that depends on their range and not on their number. Microseconds.
 */
export class Histogram extends hdr.default {
  constructor() {
    super(1, 2, 3)
    this.autoResize = true
  }

  /**
   * Where a value is counted, for three digits: the first 2048 one by one, then each power of two in
   * 1024 steps. The package's own takes a logarithm and two powers for each value.
   */
  override countsArrayIndex(value: number): number {
    if (value < 2048) return value
    if (value >= 2 ** 31) return super.countsArrayIndex(value)
    const shift = 21 - Math.clz32(value)
    return shift * 1024 + (value >> shift)
  }
}

/** Milliseconds. */
export interface Percentiles {
  count: number
  p50: number
  p90: number
  p95: number
  p99: number
  p999: number
  max: number
}

export function createHistogram(): Histogram {
  return new Histogram()
}

/** @param milliseconds a clock that went back by a hair counts as 0 */
export function record(histogram: Histogram, milliseconds: number): void {
  histogram.recordValue(Math.max(0, Math.round(milliseconds * 1000)))
}

/** Both together. */
export function mergeHistograms(a: Histogram, b: Histogram): Histogram {
  const merged = createHistogram()
  merged.add(a)
  merged.add(b)
  return merged
}

/** Every recorded value with its count, in microseconds. */
export function histogramToPairs(histogram: Histogram): [number, number][] {
  const pairs: [number, number][] = []
  histogram.recordedValuesIterator.reset()
  while (histogram.recordedValuesIterator.hasNext()) {
    const { valueIteratedTo, countAtValueIteratedTo } = histogram.recordedValuesIterator.next()
    pairs.push([valueIteratedTo, countAtValueIteratedTo])
  }
  return pairs
}

export function histogramFromPairs(pairs: readonly (readonly [number, number])[]): Histogram {
  const histogram = createHistogram()
  for (const [value, count] of pairs) histogram.recordValueWithCount(value, count)
  return histogram
}

/** @param percentile 0 to 100. Milliseconds; 0 where nothing was recorded. */
export function percentile(histogram: Histogram, percentile: number): number {
  return histogram.totalCount === 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1000
}

export function percentiles(histogram: Histogram): Percentiles {
  return {
    count: histogram.totalCount,
    p50: percentile(histogram, 50),
    p90: percentile(histogram, 90),
    p95: percentile(histogram, 95),
    p99: percentile(histogram, 99),
    p999: percentile(histogram, 99.9),
    max: percentile(histogram, 100),
  }
}

export const histogramSchema = {
  write: histogramToPairs,
  read: v.pipe(
    v.array(v.tuple([count, count])),
    v.transform((pairs) => histogramFromPairs(pairs)),
  ),
}
