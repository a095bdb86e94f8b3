import type { FailureKind } from '../failures/failures.ts'
import type { Observation } from '../observation.ts'
import type { Failing } from './change.ts'

/** More ways of failing than anybody reads. */
const maxKinds = 32

/** What was lost from some moment on. */
export interface Losses {
  since: number
  requests: number
  kinds: Map<string, FailureKind>
}

export function createLosses(since: number): Losses {
  return { since, requests: 0, kinds: new Map() }
}

export function addLoss(losses: Losses, { outcome, status, replica, sent, done }: Observation) {
  const key = `${outcome} ${status ?? ''} ${replica ?? ''}`
  const known = losses.kinds.get(key)
  if (known) {
    known.count += 1
    known.last = done
  } else if (losses.kinds.size < maxKinds) {
    losses.kinds.set(key, { outcome, status, replica, count: 1, first: sent, last: done })
  }
}

export function failingOf({ since, requests, kinds }: Losses, failures: number): Failing {
  const sorted = [...kinds.values()].sort((a, b) => b.count - a.count)
  // The counts go on.
  return { since, requests, failures, kinds: sorted.map((kind) => ({ ...kind })) }
}
