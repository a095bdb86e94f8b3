import type { Observation, Outcome } from '../../measure/observation.ts'
import { parseServedBy } from '../../measure/served-by.ts'
import { now } from './clock.ts'

/** Milliseconds until a request counts as lost. */
const timeout = 10_000

/** A request that is due: its place in the order of sending, and when that was (Unix ms). */
export interface Question {
  index: number
  due: number
}

/** A redirect is not followed, and a browser does not show its status. */
function outcomeOf({ ok, type, status }: Response, named: boolean): Outcome {
  if (ok) return 'answered'
  if (type === 'opaqueredirect') return 'redirect'
  if (status < 500) return 'client-error'
  return named ? 'replica-error' : 'proxy-error'
}

/** The replica's clock (Unix seconds), where the body says it. */
function timestampIn(body: string): number | undefined {
  try {
    const json: unknown = JSON.parse(body)
    if (typeof json !== 'object' || json === null || !('timestamp' in json)) return undefined
    return typeof json.timestamp === 'number' ? json.timestamp : undefined
  } catch {
    return undefined
  }
}

/** Asks once, and says what came of it. A browser does not tell why a connection failed. */
export async function exchange(url: URL, { index, due }: Question): Promise<Observation> {
  const sent = now()
  const ended = () => ({ mode: 'reuse', index, due, sent, done: now() }) as const
  try {
    const response = await fetch(url, {
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
    const body = await response.text()
    const observed = ended()
    const servedBy = parseServedBy(response.headers.get('served-by') ?? '')
    return {
      ...observed,
      outcome: outcomeOf(response, servedBy !== undefined),
      status: response.type === 'opaqueredirect' ? undefined : response.status,
      ...servedBy,
      timestamp: timestampIn(body),
    }
  } catch (cause) {
    const late = cause instanceof DOMException && cause.name === 'TimeoutError'
    return { ...ended(), outcome: late ? 'timeout' : 'other' }
  }
}
