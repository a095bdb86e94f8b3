import type { FailureKind } from '../failures/failures.ts'

/** What may be wrong with a target that is watched. */
export const conditions = ['outage', 'failures', 'replica-lost', 'replica-slow', 'uneven'] as const
export type Condition = (typeof conditions)[number]

/** Who is meant, and since when it gives no answer. */
interface Gone {
  replica: string
  since: number
}

/** How many requests ended since then, how many of them failed, and how, the most frequent first. */
export interface Failing {
  since: number
  requests: number
  failures: number
  kinds: FailureKind[]
}

/**
 * Something that has changed. `at` is when it was found, `since` when it began: Unix ms. What begins
 * with one of the {@link conditions} is told again when that ends; the rest is information.
 */
export type Change = { at: number } & (
  | ({ change: 'outage' } & Failing)
  | ({ change: 'outage-over' } & Failing)
  | ({ change: 'failures' } & Failing)
  | ({ change: 'failures-over' } & Failing)
  | ({ change: 'replica-lost' } & Gone)
  | ({ change: 'replica-back' } & Gone)
  /** It is expected no longer: it was lost for an hour. */
  | ({ change: 'replica-given-up' } & Gone)
  /** Another took its place, which also ends its being lost. */
  | ({ change: 'replica-replaced'; by: string; lost: boolean } & Gone)
  /** It had said that it drains. */
  | ({ change: 'replica-drained' } & Gone)
  | { change: 'replica-slow'; replica: string; median: number; others: number }
  | { change: 'replica-slow-over'; replica: string }
  | { change: 'uneven'; shares: Share[] }
  | { change: 'uneven-over'; shares: Share[] }
  /** Who answered in the first half minute; nobody where the answers name no replica. */
  | { change: 'replicas-seen'; replicas: string[] }
  | { change: 'replica-new'; replica: string }
  | { change: 'replica-restarted'; replica: string }
)

/** The part of the answers that a replica gave, 0 to 1. */
export interface Share {
  replica: string
  share: number
}

/** Is told each change, in the order in which they are found. */
export type Tell = (change: Change) => void
