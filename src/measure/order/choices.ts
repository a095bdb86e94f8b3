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
import {
  addToLoad,
  createLoad,
  loadSchema,
  mergeLoad,
  preferenceForIdle,
  dependenceOnLoad,
} from './load.ts'
import type { Load, LoadChoices } from './load.ts'
import { minDegrees } from './turn-limits.ts'

/** The balancer's choices in the order of sending, which comes nearest to that of its decisions. */
export interface Choices {
  dispersion: Dispersion
  load: Load
}

export interface ChoiceEvidence {
  scales: DispersionAt[]
  unequal: LoadChoices
  contested: LoadChoices
  /** At least this much preference for the least loaded replica: 0 none, 1 always. */
  preferenceUnequal: number
  preferenceContested: number
  /** Standard deviations by which the choice goes by the load; below 0 it prefers the busy. */
  dependence: number
  dependenceContested: number
}

export function create(): Choices {
  return { dispersion: createDispersion(), load: createLoad() }
}

/** Adds the next request in the order of sending. */
export function add({ dispersion, load }: Choices, { replica, sent, done }: Observation): void {
  if (replica === undefined) return
  addToDispersion(dispersion, replica)
  addToLoad(load, sent, done, replica)
}

export function merge(a: Choices, b: Choices): Choices {
  return {
    dispersion: mergeDispersion(a.dispersion, b.dispersion),
    load: mergeLoad(a.load, b.load),
  }
}

export const schema: Schema<Choices> = {
  write: ({ dispersion, load }) => ({
    dispersion: dispersionSchema.write(dispersion),
    load: loadSchema.write(load),
  }),
  read: v.object({ dispersion: dispersionSchema.read, load: loadSchema.read }),
}

export function judge({ dispersion, load: { unequal, contested } }: Choices): ChoiceEvidence {
  return {
    scales: dispersionAt(dispersion, minDegrees),
    unequal,
    contested,
    preferenceUnequal: preferenceForIdle(unequal),
    preferenceContested: preferenceForIdle(contested),
    dependence: dependenceOnLoad(unequal),
    dependenceContested: dependenceOnLoad(contested),
  }
}

/** The part of its preference that a choice by load keeps, at least, where it disagrees with turns. */
const keptWhereContested = 0.3

/**
 * Whether idle replicas are preferred where that disagrees with turns, too, and not only elsewhere. Where
 * turns are taken within each of several pools, as behind a route that splits, whoever was asked
 * longest ago is often idle: it looks like a choice by load until the two rules disagree.
 */
export function prefersIdleEverywhere({
  preferenceUnequal,
  preferenceContested,
}: Pick<ChoiceEvidence, 'preferenceUnequal' | 'preferenceContested'>): boolean {
  return preferenceContested >= keptWhereContested * preferenceUnequal
}
