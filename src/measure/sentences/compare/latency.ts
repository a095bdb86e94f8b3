import type { LatencyChange } from '../../compare/latency.ts'
import { duration } from '../words.ts'

/** "p99 12 ms → 25 ms, p50 3 ms → 3.1 ms": what changed, or all where nothing did. */
export function tellLatencyChange({ change, reason, percentiles }: LatencyChange): string {
  if (reason === 'few-answers') return 'latency: cannot tell, as fewer than 100 answers have none'
  const changed = percentiles.filter((one) => one.change === change)
  const moved = changed
    .toReversed()
    .map(
      ({ percentile, before, after }) => `p${percentile} ${duration(before)} → ${duration(after)}`,
    )
    .join(', ')
  if (reason === undefined) return moved
  return `${moved}, but other replicas answered, and may always have been so; more connections (--concurrency, or --connections both) reach more of them`
}
