import type { Tally } from '../tally.ts'
import { dispersionAt } from './dispersion.ts'
import type { DispersionAt } from './dispersion.ts'

/** With fewer degrees of freedom a ratio says too little. */
const enoughDegrees = 60
/** A ratio this near to 1, and no less probable than this, is that of chance. */
const nearChance = 0.25
const alpha = 0.01
/** What replicas vary less than their versions, where only these are drawn. */
const lessThanVersions = 0.75

/**
 * Whether a version is drawn for each request and its replicas take turns, as behind a route that splits:
 * the counts of versions vary as by chance, and those of replicas, of which the versions are a part, less.
 * @param scales of the replicas
 */
export function splitsByVersion({ byVersion }: Tally, scales: readonly DispersionAt[]): boolean {
  const versions = dispersionAt(byVersion.dispersion.all, enoughDegrees).at(-1)
  const replicas = scales.find(({ window }) => window === versions?.window)
  if (!versions || !replicas) return false
  const drawn = Math.abs(versions.ratio - 1) <= nearChance && versions.pLow >= alpha
  return drawn && replicas.ratio <= lessThanVersions * versions.ratio
}
