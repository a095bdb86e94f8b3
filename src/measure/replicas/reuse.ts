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
  /** For each life of a replica the ordinals seen last, oldest first. */
  recent: Map<string, Set<number>>
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
const mostRemembered = 1024

export function create(): Reuse {
  return { numbered: 0, replicas: new Map(), recent: new Map() }
}

/** Whether it has been seen before. */
export function isReused({ recent }: Reuse, { replica, boot, n }: Observation): boolean {
  return n !== undefined && recent.get(`${replica} ${boot}`)?.has(n) === true
}

export function add(reuse: Reuse, { replica, boot, n, reused }: Observation): void {
  if (reused !== undefined) {
    reuse.numbered += 1
    increment(reuse.replicas, reused)
  }
  if (replica === undefined || boot === undefined || n === undefined) return
  reuse.numbered += 1
  const life = `${replica} ${boot}`
  let ordinals = reuse.recent.get(life)
  if (!ordinals) {
    if (reuse.recent.size >= mostLives) return
    ordinals = new Set<number>()
    reuse.recent.set(life, ordinals)
  }
  ordinals.add(n)
  if (ordinals.size <= mostRemembered) return
  const [oldest] = ordinals
  if (oldest !== undefined) ordinals.delete(oldest)
}

export function merge(a: Reuse, b: Reuse): Reuse {
  return {
    numbered: a.numbered + b.numbered,
    replicas: mergeMaps(a.replicas, b.replicas, sum),
    recent: new Map(),
  }
}

export const schema: Schema<Reuse> = {
  write: ({ numbered, replicas }) => ({ numbered, replicas: [...replicas] }),
  read: v.pipe(
    v.object({ numbered: count, replicas: mapOf(count) }),
    v.transform((reuse) => ({ ...reuse, recent: new Map<string, Set<number>>() })),
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
