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
  const count = createCounter()
  return ({ ordinal, request }, requestId) => {
    const n = count()
    let servedBy = `${who};n=${n}`
    if (ordinal !== undefined) servedBy += `;conn=${ordinal}`
    if (request !== undefined) servedBy += `;req=${request}`
    if (replica.state === 'draining') servedBy += ';draining'
    const own = !requestId || !requestIdPattern.test(requestId)
    return {
      'served-by': servedBy,
      'x-request-id': own ? `${replica.bootId}-${n}` : requestId,
    }
  }
}

/**
 * Counts from 1, in decimal digits. V8 keeps the digits of numbers that it has written; a new number
 * for each response would fill that cache with garbage, which makes the heap grow (docs/performance.md).
 */
function createCounter(): () => string {
  let thousands = 0
  let prefix = ''
  let rest = 0
  return () => {
    rest += 1
    if (rest === 1000) {
      rest = 0
      thousands += 1
      prefix = `${thousands}`
    }
    return prefix === '' ? `${rest}` : prefix + `${rest}`.padStart(3, '0')
  }
}
