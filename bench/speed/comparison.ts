/** What one program did: a value for each round. */
export interface Series {
  readonly program: string
  readonly values: readonly number[]
  /** CPU time for it in each round, in any unit: unlike wall time, it hardly feels the neighbours. */
  readonly cpu?: readonly number[]
}

/** A row of the table: served-by and another program, measured in turn. */
export interface Comparison {
  /** Such as `GET /, 64 connections`. */
  readonly measure: string
  readonly unit: string
  readonly ours: Series
  readonly theirs: Series
  readonly goal?: Goal
}

/** Of the ratio of our value to theirs. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number }

/** What can be asked for with `--only`: measures some programs, gives rows. */
export type Measurement = (settings: Settings) => Promise<Comparison[]>

export interface Settings {
  readonly rounds: number
  /** For each load of each program. */
  readonly seconds: number
}
