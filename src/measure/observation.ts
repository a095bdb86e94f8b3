/** How a probe's connections are used: kept and used again, or a new one for every request. */
export type ConnectionMode = 'reuse' | 'new'

/**
 * How a request ended.
 *
 * - `answered`: a complete response that counts as a success: the probe decides (2xx by default)
 * - `redirect`, `client-error`: a complete 3xx or 4xx that does not; `unexpected`: any other below 500
 * - `replica-error`: a 5xx that a replica sent itself (the response names the replica)
 * - `proxy-error`: a 5xx that names no replica, so something in front of it sent it
 * - `refused`: no connection; `reset`: the connection broke; `timeout`: no complete answer in time
 * - `other`: anything else, such as a TLS or protocol error
 */
export type Outcome = (typeof outcomes)[number]

export const outcomes = [
  'answered',
  'redirect',
  'client-error',
  'unexpected',
  'replica-error',
  'proxy-error',
  'refused',
  'reset',
  'timeout',
  'other',
] as const

const untimed: ReadonlySet<string> = new Set<Outcome>(['refused', 'reset', 'other'])

/** Whether it took a time that counts: until the response was complete, or until the time was up. */
export const isTimed = (outcome: string): boolean => !untimed.has(outcome)

/**
 * One request as the client saw it.
 *
 * Times are milliseconds since the Unix epoch, fractions included, on one clock that never steps
 * during the run: read the wall clock once, then add monotonic time.
 */
export interface Observation {
  mode: ConnectionMode
  /** Position in the order of sending: 0, 1, 2 … without gaps, over both modes together. */
  index: number
  /** When the request should have been sent. Equal to `sent` in a closed loop. */
  due: number
  /**
   * When it was due and fewer were in flight than may be (absent: when it was due). What it waited
   * until then is the target's doing, what it waited from then until `sent` the probe's.
   */
  free?: number | undefined
  /** When it was handed to the connection. */
  sent: number
  /** When its first byte was written, behind any connecting (absent: the same as `sent`). */
  written?: number | undefined
  /** When the answer was complete, or the failure known. */
  done: number
  /** The client's connection: any number that is unique to it in the run (absent: no connection). */
  connection?: number | undefined
  /** Which client sent it, each with a cookie jar of its own (absent: cookies are not kept). */
  jar?: number | undefined
  /**
   * What of it a balancer may hash that others have not: which of several URLs was asked, or `own` for
   * something that no other request has (absent: all requests are alike).
   */
  key?: number | 'own' | undefined
  outcome: Outcome
  /** HTTP status, where there was a response. */
  status?: number | undefined
  /** Where a redirect points to. */
  location?: string | undefined
  /** Who answered (absent: the response did not say). */
  replica?: string | undefined
  /** The replica's process life, its how-manieth request this was (`boot` and `n` of `Served-By`). */
  boot?: string | undefined
  n?: number | undefined
  /** The replica said that it is draining. */
  draining?: boolean | undefined
  version?: string | undefined
  zone?: string | undefined
  /** The zone that the request was sent in (absent: the probe does not know its own). */
  clientZone?: string | undefined
  /**
   * The replica's clock while it answered: Unix time in seconds, as in the body of `GET /` (absent: the
   * answer did not say, or an earlier one tells more).
   */
  timestamp?: number | undefined
  /** Whose earlier answer this one is, out of a cache. The tally finds out. */
  reused?: string | undefined
}
