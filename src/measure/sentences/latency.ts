import type { LatencySummary } from '../times/latency.ts'
import { amount, duration } from './words.ts'

export function tellLatency({ latency, timeouts }: LatencySummary): string {
  const { count, p50, p90, p95, p99, max } = latency
  if (count === 0) return 'Nothing was answered.'
  const late =
    timeouts > 0 ? ` (${amount(timeouts, 'time-out')} counted as what they took at least)` : ''
  return `p50 ${duration(p50)}, p90 ${duration(p90)}, p95 ${duration(p95)}, p99 ${duration(p99)}, max ${duration(max)}${late}.`
}
