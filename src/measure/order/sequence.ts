import type { Observation } from '../observation.ts'

/**
 * Requests end in another order than they were sent, and only the order of sending comes near the
 * order of the balancer's decisions. A sequence gives requests back in the order of sending.
 */
export interface Sequence {
  next: number
  /**
   * Requests that have ended and wait for their turn, each at its index modulo `patience`: when it
   * was sent (NaN where none waits), and who answered. Neither observations nor a Map of them: what
   * an old object points to outlives a scavenge, and a Map that is filled and emptied all the time
   * leaves its former tables behind besides (docs/performance.md).
   */
  sent: Float64Array
  replicas: (string | undefined)[]
}

/**
 * How many requests a request that does not end may hold up. Beyond that it is passed over, so that
 * memory stays bounded however long the time-out is.
 */
const patience = 4096

/** Counts a request that has its turn. */
type Visit<Into> = (into: Into, sent: number, replica: string | undefined) => void

export function createSequence(): Sequence {
  return {
    next: 0,
    sent: new Float64Array(patience).fill(NaN),
    replicas: Array<undefined>(patience).fill(undefined),
  }
}

/**
 * Takes in a request that ended, and visits those whose turn it is now in the order of sending.
 * @param into handed to `visit`, so that it need not be a new function each time
 */
export function inSendingOrder<Into>(
  sequence: Sequence,
  { index, sent, replica }: Observation,
  visit: Visit<Into>,
  into: Into,
): void {
  if (index < sequence.next) return
  while (index >= sequence.next + patience) {
    if (!takeTurn(sequence, visit, into)) sequence.next += 1
  }
  sequence.sent[index % patience] = sent
  sequence.replicas[index % patience] = replica
  while (takeTurn(sequence, visit, into));
}

/** @returns whether the next one is there */
function takeTurn<Into>(sequence: Sequence, visit: Visit<Into>, into: Into): boolean {
  const place = sequence.next % patience
  const sent = sequence.sent[place] ?? NaN
  if (Number.isNaN(sent)) return false
  sequence.sent[place] = NaN
  sequence.next += 1
  visit(into, sent, sequence.replicas[place])
  return true
}
