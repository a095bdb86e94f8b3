import { percentile } from '../statistics/histogram.ts'
import type { Histogram } from '../statistics/histogram.ts'
import type { Tally } from '../tally.ts'
import { urlBinds } from '../affinity/urls.ts'

export interface SlowVerdict {
  verdict: 'none' | 'slow' | 'cannot-tell'
  /** Replicas that are much slower than the others together, the slowest first. Milliseconds. */
  replicas: { replica: string; median: number; others: number }[]
  /** How many more answers it would take, where these are too few (absent: that is not known). */
  more?: number | undefined
}

/** Much slower is by half, and by so many milliseconds: less is noise or of no consequence. */
const factor = 1.5
const milliseconds = 5
/** Standard errors of either median: one false alarm in thousands of tables of ten replicas. */
const z = 4.5

/**
 * Bounds of a median by order statistics (Thompson 1936): the number of values below the true one is
 * binomial, so that its place is known to √n/2 ranks, whatever the distribution.
 */
function median(histogram: Histogram): { low: number; middle: number; high: number } | undefined {
  const { totalCount } = histogram
  const reach = (z * 50) / Math.sqrt(totalCount)
  if (totalCount === 0 || reach >= 50) return undefined
  return {
    low: percentile(histogram, 50 - reach),
    middle: percentile(histogram, 50),
    high: percentile(histogram, 50 + reach),
  }
}

/** Whether some replica takes much longer than its peers: than half of them. */
export function judgeSlow(tally: Tally): SlowVerdict {
  // Whether the replica is slow, or the URLs that it gets, is not to be seen.
  if (urlBinds(tally)) return { verdict: 'cannot-tell', replicas: [] }
  const { latency } = tally
  const judged = [...latency.replicas].flatMap(([replica, histogram]) => {
    const bounds = median(histogram)
    return bounds ? [{ replica, ...bounds }] : []
  })
  const byHigh = judged.toSorted((a, b) => a.high - b.high)
  const found = judged.flatMap((own) => {
    const peers = byHigh.filter((other) => other !== own)
    const peer = peers[Math.floor((peers.length - 1) / 2)]
    if (!peer || own.low <= Math.max(peer.high * factor, peer.high + milliseconds)) return []
    return [{ replica: own.replica, median: own.middle, others: peer.middle }]
  })
  const comparable = judged.length > 1
  return {
    more: comparable ? undefined : moreToCompare([...latency.replicas.values()]),
    verdict: found.length > 0 ? 'slow' : comparable ? 'none' : 'cannot-tell',
    replicas: found.sort((a, b) => b.median - a.median),
  }
}

/** Until the second of them has enough, if it gets as much as it did so far. */
function moreToCompare(histograms: Histogram[]): number | undefined {
  const [, second] = histograms.map(({ totalCount }) => totalCount).sort((a, b) => b - a)
  if (!second) return undefined
  const total = histograms.reduce((sum, { totalCount }) => sum + totalCount, 0)
  return Math.ceil(total * ((z * z + 1) / second - 1))
}
