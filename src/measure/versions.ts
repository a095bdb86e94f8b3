import type { Observation } from './observation.ts'
import { extend, extendBy, noAnswers } from './lives.ts'
import type { Spell } from './lives.ts'
import { amount, duration } from './words.ts'

/** Answers for each version, the first and the last (Unix ms). */
export type Versions = Map<string, Spell>

export interface VersionsVerdict {
  /** By first answer. */
  versions: ({ version: string } & Spell)[]
  sentence: string
}

/** More versions than any rollout has; a header that always differs must not fill the memory. */
const maxVersions = 100

export function addToVersions(versions: Versions, { version, done }: Observation): void {
  if (version === undefined) return
  let spell = versions.get(version)
  if (!spell) {
    if (versions.size >= maxVersions) return
    spell = noAnswers()
    versions.set(version, spell)
  }
  extend(spell, 1, done, done)
}

/** Both together. */
export function mergeVersions(a: Versions, b: Versions): Versions {
  const merged: Versions = new Map()
  for (const [version, spell] of [...a, ...b]) {
    const into = merged.get(version) ?? noAnswers()
    merged.set(version, into)
    extendBy(into, spell)
  }
  return merged
}

export function judgeVersions(seen: Versions): VersionsVerdict {
  const versions = [...seen]
    .map(([version, spell]) => ({ version, ...spell }))
    .sort((a, b) => a.first - b.first)
  return { versions, sentence: describe(versions) }
}

function describe(versions: VersionsVerdict['versions']): string {
  const [oldest, next] = versions
  if (!oldest) return 'Answers do not say their version.'
  if (!next) return `All answers that say their version came from version ${oldest.version}.`
  const names = versions
    .map(({ version, answers }) => `${version} (${amount(answers, 'answer')})`)
    .join(', then ')
  const together = oldest.last - next.first
  const overlap =
    together > 0
      ? `${oldest.version} and ${next.version} answered side by side for ${duration(together)}`
      : `the change from ${oldest.version} to ${next.version} was clean`
  return `${amount(versions.length, 'version')} answered: ${names}; ${overlap}.`
}
