import { tellBalanceChange } from '../sentences/compare/balance.ts'
import { tellComparison } from '../sentences/compare/comparison.ts'
import { tellFailureChange } from '../sentences/compare/failures.ts'
import { tellLatencyChange } from '../sentences/compare/latency.ts'
import type { Tally } from '../tally.ts'
import { told, type Told } from '../told.ts'
import { compareBalance, type BalanceChange } from './balance.ts'
import { decideComparison, type ComparisonDecision } from './decision.ts'
import { factsOf, type Facts } from './facts.ts'
import { compareFailures, type FailureChange } from './failures.ts'
import { compareLatency, type LatencyChange } from './latency.ts'

/** What changed between two runs, beyond chance. Plain JSON. */
export interface Comparison {
  decision: Told<ComparisonDecision>
  changes: {
    failures: Told<FailureChange>
    latency: Told<LatencyChange>
    balance: Told<BalanceChange>
  }
  /** What is told without a judgement. */
  before: Facts
  after: Facts
}

/** Compares two runs. A new thing to compare is a file, its sentence, a name in `decision.ts`, and a line here. */
export function compareTallies(before: Tally, after: Tally): Comparison {
  const changes = {
    failures: told(compareFailures(before, after), tellFailureChange),
    latency: told(compareLatency(before, after), tellLatencyChange),
    balance: told(compareBalance(before, after), tellBalanceChange),
  }
  const decision = told(decideComparison(changes), (made) => tellComparison(made, changes))
  return { decision, changes, before: factsOf(before), after: factsOf(after) }
}
