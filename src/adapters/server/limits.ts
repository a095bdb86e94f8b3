/** What a server takes from a client at most. */
export interface Limits {
  /** Bytes of a request's target; above it 414. */
  readonly targetBytes: number
  /** Bytes of a request's target and header fields together; above it 431. */
  readonly headerBytes: number
  /** Bytes of a request's body, whether anybody reads it or not; above it 413. */
  readonly bodyBytes: number
  /** Seconds from the start of a request to the end of its header fields; after it 408. */
  readonly headerTimeout: number
  /** Seconds from the start of a request to its end; after it 408. */
  readonly requestTimeout: number
  /** Seconds for which a connection may be idle between two requests. */
  readonly idleTimeout: number
  /** Open connections; a further one is closed at once. */
  readonly connections: number
}

export const defaultLimits: Limits = {
  targetBytes: 8_192,
  headerBytes: 16_384,
  bodyBytes: 1_048_576,
  headerTimeout: 10,
  requestTimeout: 60,
  // Longer than proxies keep idle connections (ingress-nginx: 60 s), so that it is never us who
  // close one while a request is on its way.
  idleTimeout: 75,
  connections: 16_384,
}
