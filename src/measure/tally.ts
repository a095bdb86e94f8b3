import type { Observation } from './observation.ts'

/**
 * What a run comes to: every count that the verdicts need, in memory that does not grow with the
 * number of requests. Opaque to its users.
 */
export interface Tally {
  /** Answers and failures so far, for progress displays. */
  requests: number
  failures: number
}

/** @param vantage names the machine and process that measures; clocks are compared per vantage. */
export declare function createTally(vantage: string): Tally

/** Counts one request. Call it in the order in which requests end (`done` never goes back). */
export declare function observe(tally: Tally, observation: Observation): void

/** The tally of both runs together. Neither input changes. */
export declare function mergeTallies(a: Tally, b: Tally): Tally

/** The tally as plain JSON, without loss. */
export declare function tallyToJson(tally: Tally): unknown

/** @throws if `json` is not what `tallyToJson` gave. */
export declare function tallyFromJson(json: unknown): Tally
