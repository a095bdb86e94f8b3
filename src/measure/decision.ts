import type { BalanceVerdict } from './balance/shares.ts'
import type { FailureVerdict } from './failures/losses.ts'
import type { TargetVerdict } from './failures/target.ts'
import type { OrderVerdict } from './order/order.ts'
import type { ChangesVerdict } from './replicas/changes.ts'
import type { CacheVerdict } from './replicas/reuse.ts'
import type { SlowVerdict } from './times/slow.ts'

/** The verdicts that a decision is made of. */
export interface DecisionEvidence {
  balance: BalanceVerdict
  order: OrderVerdict
  target: TargetVerdict
  failures: FailureVerdict
  changes: ChangesVerdict
  slow: SlowVerdict
  cache: CacheVerdict
}

/** What makes a run not fine, whatever one expects. */
export type Finding = 'silent' | 'wrong-target' | 'lost' | 'outage' | 'gone' | 'slow' | 'cached'

export interface Decision {
  verdict: 'fine' | 'not-fine'
  /** Worst first; none where all is fine. */
  findings: Finding[]
}

/** Milliseconds. A shorter time without success is told by the requests that were lost in it. */
export const shortestOutage = 1000

/** Which findings make a run not fine, worst first. Unevenness alone does not. */
const notFine: Record<Finding, (evidence: DecisionEvidence) => boolean> = {
  silent: ({ target }) => target.verdict === 'silent',
  'wrong-target': ({ target }) => target.verdict === 'wrong',
  lost: ({ failures }) => failures.failures > 0,
  outage: ({ failures: { longestOutage } }) => (longestOutage?.length ?? 0) >= shortestOutage,
  gone: ({ changes }) => changes.gone > 0,
  slow: ({ slow }) => slow.verdict === 'slow',
  cached: ({ cache }) => cache.verdict === 'cached',
}

const order: Finding[] = ['silent', 'wrong-target', 'lost', 'outage', 'gone', 'slow', 'cached']

/** Whether a run is fine, and if not, why. */
export function decide(evidence: DecisionEvidence): Decision {
  const findings = order.filter((finding) => notFine[finding](evidence))
  return { verdict: findings.length > 0 ? 'not-fine' : 'fine', findings }
}
