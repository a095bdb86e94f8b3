import { judge, type FailureCounts, type FailureKind } from '../failures/failures.ts'
import { isTimed } from '../observation.ts'
import { mergeTimelines } from '../statistics/timeline.ts'
import { rankSum } from '../statistics/rank-sum.ts'
import type { Tally } from '../tally.ts'
import { changeOf, type Change } from './change.ts'
import { dispersionOf, partsOf, windowsOf } from './windows.ts'

/** What became of the losses. */
export interface FailureChange {
  change: Change
  before: Losses
  after: Losses
}

/** How much was lost in a run. */
export interface Losses {
  requests: number
  failures: number
  /** Most frequent first. */
  kinds: FailureKind[]
}

/** So many more of all requests: fewer are of no consequence. */
const least = 0.001

/** So many more are a change even where they were lost all at once. */
const outage = 0.05

/**
 * Whether more is lost than before. Where losses come in bursts, in either run, that there were one or two
 * more of these may be chance.
 */
export function compareFailures(before: Tally, after: Tally): FailureChange {
  const [old, now] = [lossesOf(before), lossesOf(after)]
  const found = { before: old, after: now }
  if (old.requests === 0 || now.requests === 0) return { ...found, change: 'cannot-tell' }
  const difference = now.failures / now.requests - old.failures / old.requests
  const share = (old.failures + now.failures) / (old.requests + now.requests)
  const [from, to] = [failureWindows(before), failureWindows(after)]
  const bursts = [dispersionOf(from), dispersionOf(to)]
  const dispersion = Math.abs(difference) < outage ? Math.max(...bursts) : Math.min(...bursts)
  const variance = dispersion * share * (1 - share) * (1 / old.requests + 1 / now.requests)
  const byCount = variance === 0 ? 0 : difference / Math.sqrt(variance)
  // A few bursts before, and a trickle now.
  const byWindow = rankSum(partsOf(from), partsOf(to))
  const z = difference > 0 ? Math.max(byCount, byWindow) : Math.min(byCount, byWindow)
  return { ...found, change: changeOf(z, Math.abs(difference) >= least) }
}

function lossesOf({ failures }: Tally): Losses {
  const { requests, failures: lost, kinds }: FailureCounts = judge(failures)
  return { requests, failures: lost, kinds }
}

function failureWindows({ timelines: { latencies, failures } }: Tally) {
  const both = mergeTimelines(latencies, failures)
  const isFailure = (label: string) => failures.lanes.has(label)
  return windowsOf(both, (label) => !isFailure(label) || !isTimed(label), isFailure)
}
