import type { GenericSchema } from 'valibot'
import type { ConnectionMode, Observation } from './observation.ts'

/**
 * One thing that is counted while requests end. Each is a module that exports these five, and one
 * line of the table in `tally.ts`. (Methods, so that a table may hold statistics of any state.)
 */
export interface Statistic<State, Finding = unknown> {
  /** Nothing counted yet. */
  create(): State
  /** Counts one request, in the order in which they end. */
  add(state: State, observation: Observation, vantage: string): void
  /** Both together, without what is still in flight. Neither input changes. */
  merge(a: State, b: State): State
  schema: Schema<State>
  /** What the counts say by themselves. Verdicts are made of that. */
  judge(state: State): Finding
}

/** How a state travels as plain JSON: without loss, except for what is still in flight. */
export interface Schema<State> {
  write(state: State): unknown
  read: GenericSchema<unknown, State>
}

/** A statistic of kept and of new connections apart. */
export type ByMode<State> = Record<ConnectionMode, State>
