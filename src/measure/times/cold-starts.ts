import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import {
  createHistogram,
  histogramSchema,
  histogramToPairs,
  mergeHistograms,
  percentile,
  record,
} from '../statistics/histogram.ts'
import type { Histogram } from '../statistics/histogram.ts'
import { chiSquareUpperTail } from '../statistics/significance.ts'

/**
 * The first answer of each process life (`n` = 1), and all others. Milliseconds from when the request was
 * written, because whoever connects anew is late by that, cold or warm.
 */
export interface ColdStarts {
  first: Histogram
  further: Histogram
}

export interface ColdStartsVerdict {
  /** `cold`: first answers took much longer than the others. `none`: there were none, or they did not. */
  verdict: 'cold' | 'none' | 'cannot-tell'
  /** Milliseconds. */
  first: { count: number; p50: number; max: number }
  further: { count: number; p50: number; max: number }
  /** How many more answers it would take, where these are too few. */
  more?: number | undefined
}

/**
 * Much longer is twice as long, and by so many milliseconds: the first answer of any process is slower by
 * some, in which it compiles what it runs; that is no start on demand.
 */
const factor = 2
const milliseconds = 200
/** Significance. With the two above, chance alone is rarer than that by far. */
const alpha = 0.01

export function create(): ColdStarts {
  return { first: createHistogram(), further: createHistogram() }
}

export function add({ first, further }: ColdStarts, observation: Observation): void {
  const { replica, boot, n, sent, written = sent, done } = observation
  if (replica === undefined || boot === undefined || n === undefined) return
  record(n === 1 ? first : further, done - written)
}

export function merge(a: ColdStarts, b: ColdStarts): ColdStarts {
  return {
    first: mergeHistograms(a.first, b.first),
    further: mergeHistograms(a.further, b.further),
  }
}

export const schema: Schema<ColdStarts> = {
  write: ({ first, further }) => ({
    first: histogramSchema.write(first),
    further: histogramSchema.write(further),
  }),
  read: v.object({ first: histogramSchema.read, further: histogramSchema.read }),
}

/**
 * Whether first answers take longer. If they did not, each would have its place among the others by
 * chance, so that the parts of the others that are as slow combine to a chi-square (Fisher 1925).
 */
export function judge({ first, further }: ColdStarts): ColdStartsVerdict {
  const [cold, warm] = [summary(first), summary(further)]
  const found = { first: cold, further: warm }
  if (cold.count + warm.count === 0) return { verdict: 'cannot-tell', ...found }
  const longer = cold.p50 >= Math.max(factor * warm.p50, warm.p50 + milliseconds)
  if (cold.count === 0 || !longer) return { verdict: 'none', ...found }
  if (improbability(first, further) < alpha) return { verdict: 'cold', ...found }
  // A single one says something where so many others were faster.
  const enough = 1 / alpha
  if (warm.count >= enough) return { verdict: 'none', ...found }
  return { verdict: 'cannot-tell', ...found, more: Math.max(enough - warm.count, 10) }
}

function summary(histogram: Histogram): ColdStartsVerdict['first'] {
  const { totalCount: count } = histogram
  return { count, p50: percentile(histogram, 50), max: percentile(histogram, 100) }
}

function improbability(first: Histogram, further: Histogram): number {
  const others = histogramToPairs(further).reverse()
  let slower = 0
  let place = 0
  let chiSquare = 0
  for (const [value, count] of histogramToPairs(first).reverse()) {
    for (let pair = others[place]; pair && pair[0] >= value; pair = others[(place += 1)]) {
      slower += pair[1]
    }
    chiSquare -= 2 * count * Math.log((slower + 1) / (further.totalCount + 1))
  }
  return chiSquareUpperTail(chiSquare, 2 * first.totalCount)
}
