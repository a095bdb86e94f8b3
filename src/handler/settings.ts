import { type Departure, noDeparture } from './departure.ts'

/** What the routes may be told; each has a default. */
export interface Settings {
  /** Whether there are faults on demand: `/status`, `/delay`, `/bytes` and `/faults`. */
  readonly faults: boolean
  /** What `/chain` asks: absolute URLs. */
  readonly upstreams: readonly string[]
  /** Seconds that each of them may take. */
  readonly upstreamTimeout: number
  /** The platform's own, with which they are asked. */
  readonly fetch: typeof fetch
  readonly departure: Departure
  readonly limits: {
    /** Bytes of a request's body that are read; above it 413. */
    readonly bodyBytes: number
  }
  /** What a runtime that sends nothing before it has all of a response can do; absent elsewhere. */
  readonly buffered?: Buffered | undefined
}

export interface Buffered {
  /** Seconds that a response may take. */
  readonly seconds: number
  /** Bytes of a response's body. */
  readonly bytes: number
}

export const defaultSettings: Settings = {
  faults: false,
  upstreams: [],
  upstreamTimeout: 2,
  fetch: (input, init) => fetch(input, init),
  departure: noDeparture,
  limits: { bodyBytes: 1_048_576 },
}
