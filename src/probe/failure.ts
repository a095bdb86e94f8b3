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

/** What undici says, with UND_ERR_SOCKET, of an interim response that it does not read over. */
export const interimMessages = new Map([
  ['bad response', '100 Continue'],
  ['bad upgrade', '101 Switching Protocols'],
])

export function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** The kind of failure that an error of the transport means. */
export function outcomeOf(error: Error): Outcome {
  if (error instanceof DeadlineError) return 'timeout'
  if (interimMessages.has(error.message)) return 'other'
  return outcomes.get(codeOf(error)) ?? 'other'
}
