import type { Timeline } from '../statistics/timeline.ts'

/** A stretch of a run, and how many of its requests it is about. */
export interface Window {
  requests: number
  hits: number
}

/**
 * Requests that follow each other are alike: they waited in the same queue, or for the same pause. Of a
 * thirtieth of a run each, windows are nearly independent, and there are enough of them to compare.
 */
const windows = 32

/**
 * A run in windows of about as many requests each, in the order of time; fewer where the run was so short
 * that they cannot be told apart.
 * @param counts whether a label is one of requests @param hits whether it is one of what is in question
 */
export function windowsOf(
  { lanes }: Timeline,
  counts: (label: string) => boolean,
  hits: (label: string) => boolean,
): Window[] {
  const buckets = new Map<number, Window>()
  let total = 0
  for (const [label, lane] of lanes) {
    const [counted, hit] = [counts(label), hits(label)]
    for (const { number, count } of lane) {
      const bucket = buckets.get(number) ?? { requests: 0, hits: 0 }
      if (counted) bucket.requests += count
      if (hit) bucket.hits += count
      buckets.set(number, bucket)
      if (counted) total += count
    }
  }
  const found = Array.from({ length: windows }, (): Window => ({ requests: 0, hits: 0 }))
  let before = 0
  for (const [, { requests, hits }] of [...buckets].sort(([a], [b]) => a - b)) {
    // By its middle: a bucket belongs to where most of it lies.
    const window = found[Math.floor((windows * (before + requests / 2)) / total)]
    before += requests
    if (!window) continue
    window.requests += requests
    window.hits += hits
  }
  return found.filter(({ requests }) => requests > 0)
}

/** The part of each window that was hit. */
export function partsOf(found: readonly Window[]): number[] {
  return found.map(({ requests, hits }) => hits / requests)
}

/**
 * How much hits vary from window to window, compared with chance: more than 1 where they come in bursts;
 * 1 where they are too few to tell.
 */
export function dispersionOf(found: readonly Window[]): number {
  const requests = found.reduce((sum, window) => sum + window.requests, 0)
  const share = found.reduce((sum, { hits }) => sum + hits, 0) / requests
  if (!(share > 0 && share < 1) || found.length < 2) return 1
  const chiSquare = found.reduce((sum, window) => {
    const expected = window.requests * share
    return sum + (window.hits - expected) ** 2 / (expected * (1 - share))
  }, 0)
  return Math.max(1, chiSquare / (found.length - 1))
}
