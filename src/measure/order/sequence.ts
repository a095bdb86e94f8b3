import type { Observation } from '../observation.ts'

/**
 * Requests end in another order than they were sent, and only the order of sending comes near the
 * order of the balancer's decisions. A sequence gives requests back in the order of sending.
 */
export interface Sequence {
  next: number
  /** Requests that have ended and wait for their turn, each at its index modulo `patience`. */
  waiting: (Observation | undefined)[]
}

/**
 * How many requests a request that does not end may hold up. Beyond that they go first, and it comes
 * when it ends, so that memory stays bounded however long the time-out is.
 */
const patience = 4096

export function createSequence(): Sequence {
  return { next: 0, waiting: Array<undefined>(patience).fill(undefined) }
}

/** Takes in a request that ended, and visits those whose turn it is now in the order of sending. */
export function inSendingOrder(
  sequence: Sequence,
  observation: Observation,
  visit: (observation: Observation) => void,
): void {
  const { index } = observation
  // Left out, a replica so slow that all of its requests are passed over would look gone.
  if (index < sequence.next) {
    visit(observation)
    return
  }
  while (index >= sequence.next + patience) {
    if (!takeTurn(sequence, visit)) sequence.next += 1
  }
  sequence.waiting[index % patience] = observation
  while (takeTurn(sequence, visit));
}

/** @returns whether the next one is there */
function takeTurn(sequence: Sequence, visit: (observation: Observation) => void): boolean {
  const place = sequence.next % patience
  const observation = sequence.waiting[place]
  if (!observation) return false
  sequence.waiting[place] = undefined
  sequence.next += 1
  visit(observation)
  return true
}
