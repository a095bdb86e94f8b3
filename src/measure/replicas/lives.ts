import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { count, entriesOf, mapOf } from '../statistics/schemas.ts'
import { extend, extendBy, noAnswers, spellEntries } from '../statistics/spell.ts'
import type { Spell } from '../statistics/spell.ts'

/** For each replica: the process lives that answered, and its answers while draining. */
export type Lives = Map<string, ReplicaLives>

export interface ReplicaLives {
  /** By boot id. */
  boots: Map<string, Life>
  /** Its answers while draining. */
  draining?: Spell | undefined
}

export interface Life extends Spell {
  /** Smallest and largest ordinal (`n`) among the answers, where they carry one. */
  lowest?: number | undefined
  highest?: number | undefined
}

export interface LivesVerdict {
  replicas: {
    replica: string
    /** Oldest first. `others`: requests that it served to others meanwhile. */
    boots: ({ boot: string; others?: number | undefined } & Spell)[]
    restarts: number
    draining?: Spell | undefined
  }[]
  restarts: number
  /** Answers by draining replicas. */
  draining: number
}

/** A replica that restarts more often than this keeps the boots that were seen first. */
const maxBoots = 100

export function create(): Lives {
  return new Map()
}

export function add(lives: Lives, observation: Observation): void {
  const { replica, boot, n, draining, sent, done } = observation
  if (replica === undefined) return
  let known = lives.get(replica)
  if (!known) {
    known = { boots: new Map<string, Life>() }
    lives.set(replica, known)
  }
  if (draining) extend((known.draining ??= noAnswers()), 1, sent, done)
  if (boot === undefined) return
  let life = known.boots.get(boot)
  if (!life) {
    if (known.boots.size >= maxBoots) return
    life = noAnswers()
    known.boots.set(boot, life)
  }
  extend(life, 1, sent, done)
  if (n !== undefined) extendOrdinals(life, n, n)
}

function extendOrdinals(life: Life, lowest: number, highest: number): void {
  life.lowest = Math.min(life.lowest ?? lowest, lowest)
  life.highest = Math.max(life.highest ?? highest, highest)
}

export function merge(a: Lives, b: Lives): Lives {
  const merged: Lives = new Map()
  for (const lives of [a, b]) {
    for (const [replica, { boots, draining }] of lives) {
      const into = merged.get(replica) ?? { boots: new Map<string, Life>() }
      merged.set(replica, into)
      if (draining) extendBy((into.draining ??= noAnswers()), draining)
      for (const [boot, life] of boots) {
        const known = into.boots.get(boot) ?? noAnswers()
        into.boots.set(boot, known)
        extendBy(known, life)
        const { lowest, highest } = life
        if (lowest !== undefined && highest !== undefined) extendOrdinals(known, lowest, highest)
      }
    }
  }
  return merged
}

export const schema: Schema<Lives> = {
  write: (lives) => entriesOf(lives, ({ boots, draining }) => ({ boots: [...boots], draining })),
  read: mapOf(
    v.object({
      boots: mapOf(
        v.object({ ...spellEntries, lowest: v.optional(count), highest: v.optional(count) }),
      ),
      draining: v.optional(v.object(spellEntries)),
    }),
  ),
}

export function judge(lives: Lives): LivesVerdict {
  const replicas = [...lives]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([replica, { boots, draining }]) => ({
      replica,
      boots: [...boots]
        .sort(([, a], [, b]) => a.first - b.first)
        .map(([boot, { answers, first, last, lowest, highest }]) => ({
          boot,
          answers,
          first,
          last,
          others:
            lowest === undefined || highest === undefined
              ? undefined
              : Math.max(0, highest - lowest + 1 - answers),
        })),
      restarts: Math.max(0, boots.size - 1),
      draining,
    }))
  const restarts = replicas.reduce((sum, one) => sum + one.restarts, 0)
  const draining = replicas.reduce((sum, one) => sum + (one.draining?.answers ?? 0), 0)
  return { replicas, restarts, draining }
}
