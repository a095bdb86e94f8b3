/** How much is sent, whichever way. */
export interface Amount {
  /** Requests; `Infinity` where time alone is the limit. */
  requests: number
  /** Milliseconds in which requests are sent; `Infinity` where their number alone is the limit. */
  duration: number
  /** Requests in flight at most. */
  concurrency: number
}

/** Decides when requests are sent. */
export interface Pacer {
  start(): void
  /** To be called whenever a request that was sent has ended, with the time (Unix milliseconds). */
  settled(done: number): void
  /** Sends nothing more. */
  stop(): void
  /** Fulfilled when everything was sent and has ended. */
  readonly finished: Promise<void>
}

/**
 * Sends one request that was due then, and could be sent from `free` on: before, as many were in flight
 * as may be. The time now comes along. Unix milliseconds.
 */
export type Send = (due: number, free: number, now: number) => void
