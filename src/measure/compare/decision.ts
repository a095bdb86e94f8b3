import type { Change } from './change.ts'
import type { LatencyChange } from './latency.ts'

/** What is compared, the worst first. */
export const compared = ['failures', 'latency', 'balance'] as const
export type Compared = (typeof compared)[number]

export interface ComparisonDecision {
  verdict: 'worse' | 'not-worse' | 'cannot-tell'
  /** What got worse, and what got better; the worst first. */
  worse: Compared[]
  better: Compared[]
}

type Changes = Readonly<Record<Compared, { change: Change }> & { latency: LatencyChange }>

/** Whether it got worse; `cannot-tell` where nothing could be compared, or it looks so and may be others. */
export function decideComparison(changes: Changes): ComparisonDecision {
  const which = (change: Change) => compared.filter((name) => changes[name].change === change)
  const [worse, better] = [which('worse'), which('better')]
  const untold =
    which('cannot-tell').length === compared.length || changes.latency.reason === 'other-replicas'
  return {
    verdict: worse.length > 0 ? 'worse' : untold ? 'cannot-tell' : 'not-worse',
    worse,
    better,
  }
}
