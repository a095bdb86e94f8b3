import type { Observation } from './observation.ts'

/**
 * Requests end in another order than they were sent, and only the order of sending comes near the
 * order of the balancer's decisions. A sequence gives requests back in the order of sending.
 */
export interface Sequence {
  next: number
  waiting: Map<number, Observation>
}

/**
 * How far a request that does not end may hold up those sent after it. Beyond that it is passed
 * over, so that memory stays bounded however long the time-out is.
 */
const patience = 4096

export function createSequence(): Sequence {
  return { next: 0, waiting: new Map() }
}

/** Takes in a request that ended, and visits those whose turn it is now in the order of sending. */
export function inSendingOrder(
  sequence: Sequence,
  observation: Observation,
  visit: (next: Observation) => void,
): void {
  const { waiting } = sequence
  if (observation.index < sequence.next) return
  waiting.set(observation.index, observation)
  while (waiting.size > 0) {
    const due = waiting.get(sequence.next)
    if (!due && waiting.size < patience) return
    waiting.delete(sequence.next)
    sequence.next += 1
    if (due) visit(due)
  }
}
