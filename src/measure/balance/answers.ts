import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { add as sum, increment, mergeMaps } from '../statistics/maps.ts'
import { count, mapOf } from '../statistics/schemas.ts'

/** Who answered how often. */
export interface Answers {
  replicas: Map<string, number>
  /** Answers that name nobody; errors are failures instead. */
  unattributed: number
}

export function create(): Answers {
  return { replicas: new Map(), unattributed: 0 }
}

export function add(answers: Answers, { outcome, replica, reused }: Observation): void {
  if (replica !== undefined) increment(answers.replicas, replica)
  else if (outcome === 'answered' && reused === undefined) answers.unattributed += 1
}

export function merge(a: Answers, b: Answers): Answers {
  return {
    replicas: mergeMaps(a.replicas, b.replicas, sum),
    unattributed: a.unattributed + b.unattributed,
  }
}

export const schema: Schema<Answers> = {
  write: ({ replicas, unattributed }) => ({ replicas: [...replicas], unattributed }),
  read: v.object({ replicas: mapOf(count), unattributed: count }),
}

/** The counts are what `balance/balance.ts` judges. */
export function judge(answers: Answers): Answers {
  return answers
}
