import type { Outcome } from '../measure/observation.ts'
import { DeadlineError } from './transport/exchange.ts'

/** What the operating system, Node and undici call the ways in which a request fails. */
const outcomes = new Map<unknown, Outcome>([
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'refused'],
  ['ENETUNREACH', 'refused'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['ETIMEDOUT', 'timeout'],
])

/** The kind of failure that an error of the transport means. */
export function outcomeOf(error: Error): Outcome {
  if (error instanceof DeadlineError) return 'timeout'
  return outcomes.get('code' in error ? error.code : undefined) ?? 'other'
}
