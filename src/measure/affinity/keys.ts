import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { add as sum, increment, mergeMaps } from '../statistics/maps.ts'
import { count, mapOf } from '../statistics/schemas.ts'

/** What happens to requests that a balancer may tell apart by a hash, of their path or of a field. */
export interface Keys {
  /** By the replica of the first answer: how many URLs, of several that are asked. */
  first: Map<string, number>
  /** Answers to a URL that had one before, and those by the same replica. */
  further: number
  sameReplica: number
  /** Answers to requests that have something that no other one has. */
  own: number
  /** By URL: who answered it last. */
  last: Map<number, string>
}

export function create(): Keys {
  return { first: new Map(), further: 0, sameReplica: 0, own: 0, last: new Map() }
}

/** Adds the next request in the order of sending. */
export function add(keys: Keys, { key, replica }: Observation): void {
  if (key === undefined || replica === undefined) return
  if (key === 'own') {
    keys.own += 1
    return
  }
  const before = keys.last.get(key)
  keys.last.set(key, replica)
  if (before === undefined) increment(keys.first, replica)
  else {
    keys.further += 1
    if (before === replica) keys.sameReplica += 1
  }
}

export function merge(a: Keys, b: Keys): Keys {
  return {
    first: mergeMaps(a.first, b.first, sum),
    further: a.further + b.further,
    sameReplica: a.sameReplica + b.sameReplica,
    own: a.own + b.own,
    last: new Map(),
  }
}

export const schema: Schema<Keys> = {
  write: (keys) => ({ ...keys, first: [...keys.first], last: undefined }),
  read: v.pipe(
    v.object({ first: mapOf(count), further: count, sameReplica: count, own: count }),
    v.transform((keys) => ({ ...keys, last: create().last })),
  ),
}

/** Whether each request had something of its own that a balancer may hash. */
export function judge({ own }: Keys): { own: boolean } {
  return { own: own > 0 }
}
