import type { Observation } from './observation.ts'

/**
 * Requests end in another order than they were sent, and only the order of sending comes near the
 * order of the balancer's decisions. A sequence gives requests back in the order of sending.
 */
export interface Sequence {
  next: number
  /**
   * Requests that have ended and wait for their turn, each at its index modulo `patience`. Not a
   * Map: one that is filled and emptied all the time leaves a chain of its former tables, by which
   * the garbage collector keeps every observation for long (docs/performance.md).
   */
  waiting: (Observation | undefined)[]
}

/**
 * How many requests a request that does not end may hold up. Beyond that it is passed over, so that
 * memory stays bounded however long the time-out is.
 */
const patience = 4096

export function createSequence(): Sequence {
  return { next: 0, waiting: Array<undefined>(patience).fill(undefined) }
}

/** Takes in a request that ended, and visits those whose turn it is now in the order of sending. */
export function inSendingOrder(
  sequence: Sequence,
  observation: Observation,
  visit: (next: Observation) => void,
): void {
  const { waiting } = sequence
  const { index } = observation
  if (index < sequence.next) return
  while (index >= sequence.next + patience) takeTurn(sequence, visit)
  waiting[index % patience] = observation
  while (waiting[sequence.next % patience]) takeTurn(sequence, visit)
}

function takeTurn(sequence: Sequence, visit: (next: Observation) => void): void {
  const place = sequence.next % patience
  const due = sequence.waiting[place]
  sequence.waiting[place] = undefined
  sequence.next += 1
  if (due) visit(due)
}
