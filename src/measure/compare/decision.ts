import type { Change } from './change.ts'

/** What is compared, the worst first. */
export const compared = ['failures', 'latency', 'balance'] as const
export type Compared = (typeof compared)[number]

export interface ComparisonDecision {
  verdict: 'worse' | 'not-worse' | 'cannot-tell'
  /** What got worse, and what got better; the worst first. */
  worse: Compared[]
  better: Compared[]
}

/** Whether it got worse; `cannot-tell` where nothing could be compared. */
export function decideComparison(
  changes: Readonly<Record<Compared, { change: Change }>>,
): ComparisonDecision {
  const which = (change: Change) => compared.filter((name) => changes[name].change === change)
  const [worse, better] = [which('worse'), which('better')]
  const untold = which('cannot-tell').length === compared.length
  return {
    verdict: worse.length > 0 ? 'worse' : untold ? 'cannot-tell' : 'not-worse',
    worse,
    better,
  }
}
