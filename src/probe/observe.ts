import type { Observation, Outcome } from '../measure/observation.ts'
import { printable } from '../measure/printable.ts'
import { outcomeOf } from './failure.ts'
import type { IdentifyReplica } from './identify/identify.ts'
import type { Success } from './options/quantities.ts'
import type { Answer, Exchange } from './transport/exchange.ts'

/** What it takes to read an exchange. */
export interface Reading {
  identify: IdentifyReplica
  success: Success
  /** Where was asked: a redirect may be relative to it. */
  url: URL
  /** Where this probe is (absent: it does not know). */
  zone?: string | undefined
  /**
   * Whether an answer that took so many milliseconds tells more about that replica's clock than those
   * before (absent: clocks are not read).
   */
  isSharper?: (replica: string, milliseconds: number) => boolean
}

function outcomeOfStatus(status: number, success: Success, identified: boolean): Outcome {
  if (success.includes(status)) return 'answered'
  if (status >= 500) return identified ? 'replica-error' : 'proxy-error'
  if (status >= 400) return 'client-error'
  return status >= 300 ? 'redirect' : 'unexpected'
}

function outcome({ answer, error }: Exchange, success: Success, identified: boolean): Outcome {
  if (error) return outcomeOf(error)
  return answer ? outcomeOfStatus(answer.status, success, identified) : 'other'
}

function locationOf({ headers: { location } }: Answer, path: string, origin: URL) {
  if (location === undefined) return undefined
  return printable(URL.parse(location, new URL(path, origin))?.href ?? location)
}

/**
 * What an exchange is to the arithmetic: one observation of who answered, when and how. Every field
 * is set, because this runs for each request and objects of one shape are what engines like.
 */
export function toObservation(
  exchange: Exchange,
  { identify, success, url, zone, isSharper }: Reading,
): Observation {
  const { mode, index, due, free, sent, written, done, connection, jar, key, path, answer } =
    exchange
  const identity = answer && identify(answer)
  const readsClock = identity && isSharper?.(identity.replica, done - (written ?? sent)) === true
  return {
    mode,
    index,
    due,
    free,
    sent,
    written,
    done,
    connection,
    jar,
    key,
    outcome: outcome(exchange, success, identity !== undefined),
    status: answer?.status,
    location: answer && locationOf(answer, path, url),
    replica: identity?.replica,
    boot: identity?.boot,
    n: identity?.n,
    draining: identity?.draining,
    version: identity?.version,
    zone: identity?.zone,
    clientZone: zone,
    timestamp: readsClock ? identity.readClock?.() : undefined,
  }
}
