import { DisplayString, isAscii, serializeItem, Token } from 'structured-headers'
import type { Connection } from './connection.ts'
import type { Replica } from './replica.ts'

/** Gives the value of the `Served-By` field for the next response on a connection. */
export type ServedBy = (connection: Connection) => string

/**
 * The identity that every response carries, as an Item of RFC 9651 §3.3:
 * `"web-x2x4k";boot=b41c09d2;n=1042;conn=17;req=3;draining`, which says who, in which life of the
 * process, with its how-manieth response, on which of its connections and the how-manieth there.
 */
export function createServedBy(replica: Replica): ServedBy {
  // A String of RFC 9651 is ASCII; a host name that is not goes as a Display String (§3.3.8).
  const name = isAscii(replica.hostname) ? replica.hostname : new DisplayString(replica.hostname)
  const who = serializeItem([name, new Map([['boot', new Token(replica.bootId)]])])
  let responses = 0
  return ({ ordinal, request }) => {
    responses += 1
    let field = `${who};n=${responses}`
    if (ordinal !== undefined) field += `;conn=${ordinal}`
    if (request !== undefined) field += `;req=${request}`
    return replica.state === 'draining' ? `${field};draining` : field
  }
}
