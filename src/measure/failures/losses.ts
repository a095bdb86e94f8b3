import { longAbsencesOf } from '../replicas/absences.ts'
import type { Absence } from '../replicas/presence.ts'
import type { Tally } from '../tally.ts'
import { judge as judgeFailures } from './failures.ts'
import type { FailureCounts } from './failures.ts'

export interface FailureVerdict extends FailureCounts {
  /** Replicas that gave no answer for a while, though the others did. */
  absences: Absence[]
}

/** What was lost: requests, and replicas. */
export function judgeLosses(tally: Tally): FailureVerdict {
  return {
    ...judgeFailures(tally.failures),
    absences: longAbsencesOf(tally),
  }
}
