import { type BareItem, DisplayString, isAscii, serializeItem, Token } from 'structured-headers'
import type { Connection } from './connection.ts'
import type { Build, Replica } from './replica.ts'

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
 * `"web-x2x4k";v="0.2.0";zone="eu-1a";boot=b41c09d2;n=1042;conn=17;req=3;draining`: who, which version,
 * in which zone, in which life of the process, with its how-manieth response, on which of its
 * connections and the how-manieth there. `X-Request-Id`
 * is that of the request or, without one, the boot id with the number of the response.
 */
export function createIdentify(replica: Replica): Identify {
  const { hostname, build, place, bootId } = replica
  const parameters = new Map<string, BareItem>([['v', text(versionOf(build))]])
  if (place.zone !== undefined) parameters.set('zone', text(place.zone))
  parameters.set('boot', new Token(bootId))
  // Made once: all that follows it counts.
  const who = serializeItem([text(hostname), parameters])
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
      'x-request-id': own ? `${bootId}-${n}` : requestId,
    }
  }
}

/**
 * Which version this is, so that two builds of one version are two: a build that is no release says
 * its commit, as build metadata (SemVer §10).
 */
function versionOf({ version, commit, release }: Build): string {
  return release ? version : `${version}+${commit}`
}

/** A String of RFC 9651 is ASCII; what is not goes as a Display String (§3.3.8). */
function text(value: string): BareItem {
  return isAscii(value) ? value : new DisplayString(value)
}

/**
 * The decimal digits of a count, three at a time: V8 keeps the digits of numbers that it has written, and
 * ever new ones would fill that cache with what outlives its request (docs/performance.md).
 */
function digits(count: number): string {
  if (count < 1000) return `${count}`
  return `${Math.floor(count / 1000)}${`${count % 1000}`.padStart(3, '0')}`
}
