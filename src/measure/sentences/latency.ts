import type { LatencySummary } from '../times/latency.ts'
import { duration } from './words.ts'

export function tellLatency({ latency }: LatencySummary): string {
  return latency.count === 0
    ? 'Nothing was answered.'
    : `Half of the answers took at most ${duration(latency.p50)}, 99 % at most ${duration(latency.p99)}, the slowest ${duration(latency.max)}.`
}
