import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import {
  addToDispersion,
  createDispersion,
  dispersionAt,
  dispersionSchema,
  mergeDispersion,
} from './dispersion.ts'
import type { Dispersion, DispersionAt } from './dispersion.ts'
import { addToLoad, createLoad, loadSchema, mergeLoad, noteEnd, preferenceForIdle } from './load.ts'
import type { Choices as LoadChoices, Load } from './load.ts'
import { createSequence, inSendingOrder } from './sequence.ts'
import type { Sequence } from './sequence.ts'

/** The balancer's choices in the order of sending, which comes nearest to that of its decisions. */
export interface Choices {
  dispersion: Dispersion
  load: Load
  sequence: Sequence
}

export interface ChoiceEvidence {
  scales: DispersionAt[]
  unequal: LoadChoices
  contested: LoadChoices
  /** At least this much preference for the least loaded replica: 0 none, 1 always. */
  preferenceUnequal: number
  preferenceContested: number
}

/** Fewer degrees of freedom than this say nothing at one in a thousand. */
const minDegrees = 12

export function create(): Choices {
  return { dispersion: createDispersion(), load: createLoad(), sequence: createSequence() }
}

export function add(choices: Choices, observation: Observation): void {
  const { replica, done } = observation
  if (replica !== undefined) noteEnd(choices.load, done, replica)
  inSendingOrder(choices.sequence, observation, countInOrder, choices)
}

function countInOrder(
  { dispersion, load }: Choices,
  sent: number,
  replica: string | undefined,
): void {
  if (replica === undefined) return
  addToDispersion(dispersion, replica)
  addToLoad(load, sent, replica)
}

export function merge(a: Choices, b: Choices): Choices {
  return {
    dispersion: mergeDispersion(a.dispersion, b.dispersion),
    load: mergeLoad(a.load, b.load),
    sequence: createSequence(),
  }
}

export const schema: Schema<Choices> = {
  write: ({ dispersion, load }) => ({
    dispersion: dispersionSchema.write(dispersion),
    load: loadSchema.write(load),
  }),
  read: v.pipe(
    v.object({ dispersion: dispersionSchema.read, load: loadSchema.read }),
    v.transform((choices) => ({ ...choices, sequence: createSequence() })),
  ),
}

export function judge({ dispersion, load: { unequal, contested } }: Choices): ChoiceEvidence {
  return {
    scales: dispersionAt(dispersion, minDegrees),
    unequal,
    contested,
    preferenceUnequal: preferenceForIdle(unequal),
    preferenceContested: preferenceForIdle(contested),
  }
}
