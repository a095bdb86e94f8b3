import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { mapOf } from '../statistics/schemas.ts'
import { extend, extendBy, noAnswers, spellEntries } from '../statistics/spell.ts'
import type { Spell } from '../statistics/spell.ts'

/** Answers for each version, the first and the last (Unix ms). */
export type Versions = Map<string, Spell>

export interface VersionsVerdict {
  /** By first answer. */
  versions: ({ version: string } & Spell)[]
}

/** More versions than any rollout has; a header that always differs must not fill the memory. */
export const maxVersions = 100

export function create(): Versions {
  return new Map()
}

export function add(versions: Versions, { replica, version, done }: Observation): void {
  if (replica === undefined || version === undefined) return
  let spell = versions.get(version)
  if (!spell) {
    if (versions.size >= maxVersions) return
    spell = noAnswers()
    versions.set(version, spell)
  }
  extend(spell, 1, done, done)
}

export function merge(a: Versions, b: Versions): Versions {
  const merged: Versions = new Map()
  for (const [version, spell] of [...a, ...b]) {
    const into = merged.get(version) ?? noAnswers()
    merged.set(version, into)
    extendBy(into, spell)
  }
  return merged
}

export const schema: Schema<Versions> = {
  write: (versions) => [...versions],
  read: mapOf(v.object(spellEntries)),
}

export function judge(seen: Versions): VersionsVerdict {
  const versions = [...seen]
    .map(([version, spell]) => ({ version, ...spell }))
    .sort((a, b) => a.first - b.first)
  return { versions }
}
