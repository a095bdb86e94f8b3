import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { add as sum, increment, mergeMaps, sumOf } from '../statistics/maps.ts'
import { count, mapOf } from '../statistics/schemas.ts'

/** Answers that some cache gave again: the same `boot` and `n` as an earlier one. */
export interface Reuse {
  /** Answers that carry an ordinal. */
  numbered: number
  /** Those that were given again, by whom they were once made. */
  replicas: Map<string, number>
  /** By replica and boot the ordinals seen last, each at its value modulo `remembered`. */
  recent: Map<string, Map<string, number[]>>
  lives: number
}

export interface CacheVerdict {
  verdict: 'none' | 'cached' | 'cannot-tell'
  /** Answers out of a cache, of those that carry an ordinal. */
  cached: number
  numbered: number
  /** Whose answers they were. */
  replicas: { replica: string; cached: number }[]
}

const mostLives = 1000
const remembered = 1024

export function create(): Reuse {
  return { numbered: 0, replicas: new Map(), recent: new Map(), lives: 0 }
}

/** Whether it has been seen before. */
export function isReused({ recent }: Reuse, { replica, boot, n }: Observation): boolean {
  if (replica === undefined || boot === undefined || n === undefined) return false
  return recent.get(replica)?.get(boot)?.[n % remembered] === n
}

export function add(reuse: Reuse, { replica, boot, n, reused }: Observation): void {
  if (reused !== undefined) {
    reuse.numbered += 1
    increment(reuse.replicas, reused)
  }
  if (replica === undefined || boot === undefined || n === undefined) return
  reuse.numbered += 1
  const ordinals = recentOf(reuse, replica, boot)
  if (ordinals) ordinals[n % remembered] = n
}

function recentOf(reuse: Reuse, replica: string, boot: string): number[] | undefined {
  let boots = reuse.recent.get(replica)
  const known = boots?.get(boot)
  if (known || reuse.lives >= mostLives) return known
  reuse.lives += 1
  boots ??= new Map<string, number[]>()
  reuse.recent.set(replica, boots)
  const ordinals = Array<number>(remembered).fill(NaN)
  boots.set(boot, ordinals)
  return ordinals
}

export function merge(a: Reuse, b: Reuse): Reuse {
  return {
    numbered: a.numbered + b.numbered,
    replicas: mergeMaps(a.replicas, b.replicas, sum),
    recent: new Map(),
    lives: 0,
  }
}

export const schema: Schema<Reuse> = {
  write: ({ numbered, replicas }) => ({ numbered, replicas: [...replicas] }),
  read: v.pipe(
    v.object({ numbered: count, replicas: mapOf(count) }),
    v.transform((reuse) => ({ ...create(), ...reuse })),
  ),
}

export function judge({ numbered, replicas }: Reuse): CacheVerdict {
  const cached = sumOf(replicas)
  return {
    verdict: numbered === 0 ? 'cannot-tell' : cached > 0 ? 'cached' : 'none',
    cached,
    numbered,
    replicas: [...replicas]
      .map(([replica, answers]) => ({ replica, cached: answers }))
      .sort((a, b) => b.cached - a.cached),
  }
}
