import { DisplayString, isAscii, serializeItem, Token } from 'structured-headers'
import type { Connection } from './connection.ts'
import type { Replica } from './replica.ts'

/** The two fields of every response that say which one it is. */
export interface Identity {
  readonly 'served-by': string
  readonly 'x-request-id': string
}

/**
 * Gives the identity of the next response.
 * @param requestId the request's own `X-Request-Id`, if it has one
 */
export type Identify = (connection: Connection, requestId?: string | null) => Identity

/** What a request id may be: longer ones, or with other characters, are not taken over. */
const requestIdPattern = /^[\x21-\x7e]{1,128}$/

/**
 * Identifies responses. `Served-By` is an Item of RFC 9651 §3.3, such as
 * `"web-x2x4k";boot=b41c09d2;n=1042;conn=17;req=3;draining`: who, in which life of the process, with
 * its how-manieth response, on which of its connections and the how-manieth there. `X-Request-Id`
 * is that of the request or, without one, the boot id with the number of the response.
 */
export function createIdentify(replica: Replica): Identify {
  // A String of RFC 9651 is ASCII; a host name that is not goes as a Display String (§3.3.8).
  const name = isAscii(replica.hostname) ? replica.hostname : new DisplayString(replica.hostname)
  const who = serializeItem([name, new Map([['boot', new Token(replica.bootId)]])])
  let responses = 0
  return ({ ordinal, request }, requestId) => {
    responses += 1
    const n = digits(responses)
    let servedBy = `${who};n=${n}`
    if (ordinal !== undefined) servedBy += `;conn=${digits(ordinal)}`
    if (request !== undefined) servedBy += `;req=${digits(request)}`
    if (replica.state === 'draining') servedBy += ';draining'
    const own = !requestId || !requestIdPattern.test(requestId)
    return {
      'served-by': servedBy,
      'x-request-id': own ? `${replica.bootId}-${n}` : requestId,
    }
  }
}

/**
 * The decimal digits of a count, three at a time: V8 keeps the digits of numbers that it has written, and
 * ever new ones would fill that cache with what outlives its request (docs/performance.md).
 */
function digits(count: number): string {
  if (count < 1000) return `${count}`
  return `${Math.floor(count / 1000)}${`${count % 1000}`.padStart(3, '0')}`
}
