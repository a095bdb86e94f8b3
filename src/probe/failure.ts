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

/** The code that the operating system, Node or undici gave what was thrown. */
export function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : undefined
}

/** What was thrown says of itself. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

/** The kind of failure that an error of the transport means. */
export function outcomeOf(error: Error): Outcome {
  if (error instanceof DeadlineError) return 'timeout'
  if (interimMessages.has(error.message)) return 'other'
  return outcomes.get(codeOf(error)) ?? 'other'
}
