import { judgeBalance } from '../balance/balance.ts'
import { type Histogram, histogramToPairs, percentile } from '../statistics/histogram.ts'
import { sumOf } from '../statistics/maps.ts'
import { quantile } from '../statistics/quantile.ts'
import type { Tally } from '../tally.ts'

/** Fewer answers of a replica say too little about how long it takes. */
const leastAnswers = 100

/** When so many choices were all of one replica, there is no other one. */
const choicesOfOne = 10

/**
 * A percentile of both runs, in milliseconds, as if the same replicas had answered with the same shares.
 * Where connections or clients are dealt out, how many of them meet a slow replica, and whether any does,
 * is up to chance. `undefined` where others answered, and it may be them and not the target that changed.
 */
export function likeForLike(
  before: Tally,
  after: Tally,
  of: number,
): { before: number; after: number } | undefined {
  const [old, now] = [before.latency.replicas, after.latency.replicas]
  const unnamed = old.size === 0 || now.size === 0
  if (unnamed || (meetsAllAlike(before) && meetsAllAlike(after))) {
    return {
      before: percentile(before.latency.latency, of),
      after: percentile(after.latency.latency, of),
    }
  }
  const both = [...old].flatMap(([replica, own]) => {
    const later = now.get(replica)
    const enough = later && Math.min(own.totalCount, later.totalCount) >= leastAnswers
    return enough ? [{ own, later }] : []
  })
  if (both.length > 0) {
    return {
      before: evenPercentile(
        both.map(({ own }) => own),
        of,
      ),
      after: evenPercentile(
        both.map(({ later }) => later),
        of,
      ),
    }
  }
  const percentiles = (replicas: typeof old) =>
    [...replicas.values()].map((own) => percentile(own, of))
  return gapBetween(percentiles(old), percentiles(now))
}

/** Whether chance has no part in which replicas are met, and how often. */
function meetsAllAlike(run: Tally): boolean {
  const { unit, verdict, replicas } = judgeBalance(run)
  if (replicas.length > 1) return unit === 'requests' && verdict === 'even'
  const { connections, jars, keys } = run
  const fresh = sumOf(connections.reuse.fresh) + sumOf(connections.new.fresh)
  const choices = [fresh, sumOf(jars.first), sumOf(keys.first)].filter((some) => some > 0)
  return Math.min(...choices) >= choicesOfOne
}

/** Where all have other names, as after a rollout: all of several are slower than every other one. */
function gapBetween(before: readonly number[], after: readonly number[]) {
  const [slowest, fastest] = [Math.max(...before), Math.min(...after)]
  if (after.length > 1 && fastest > slowest) return { before: slowest, after: fastest }
  const [quickest, last] = [Math.min(...before), Math.max(...after)]
  return before.length > 1 && last < quickest ? { before: quickest, after: last } : undefined
}

/** A percentile as if all these had equal shares. Milliseconds; 0 for none. */
function evenPercentile(histograms: readonly Histogram[], of: number): number {
  const weighted = histograms.flatMap((histogram) =>
    histogramToPairs(histogram).map(
      ([microseconds, count]) =>
        [microseconds / 1000, count / histogram.totalCount / histograms.length] as const,
    ),
  )
  return quantile(weighted, of / 100)
}
