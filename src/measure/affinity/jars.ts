import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { add as sum, increment, mergeMaps } from '../statistics/maps.ts'
import { count, mapOf } from '../statistics/schemas.ts'

/** What happens to requests that carry the same cookies. */
export interface Jars {
  /** Replica of the first answer to each jar. */
  first: Map<string, number>
  /** Answers to a jar that had one before over another connection, and those by the same replica. */
  further: number
  sameReplica: number
  /** Jars that went over to another replica once, and those of them that went over again. */
  moved: number
  movedAgain: number
  /** By jar: who answered it last, over which connection, and how often it has moved. */
  last: Map<number, { replica: string; connection: number | undefined; moves: number }>
}

export type JarCounts = Omit<Jars, 'last'> & { jars: number }

export function create(): Jars {
  return { first: new Map(), further: 0, sameReplica: 0, moved: 0, movedAgain: 0, last: new Map() }
}

/** Adds the next request in the order of sending. */
export function add(jars: Jars, { jar, connection, replica }: Observation): void {
  if (jar === undefined || replica === undefined) return
  const before = jars.last.get(jar)
  if (!before) {
    increment(jars.first, replica)
    jars.last.set(jar, { replica, connection, moves: 0 })
    return
  }
  if (before.connection !== connection) {
    jars.further += 1
    if (before.replica === replica) jars.sameReplica += 1
  }
  if (before.replica !== replica) {
    before.moves += 1
    if (before.moves === 1) jars.moved += 1
    if (before.moves === 2) jars.movedAgain += 1
  }
  before.replica = replica
  before.connection = connection
}

export function merge(a: Jars, b: Jars): Jars {
  return {
    first: mergeMaps(a.first, b.first, sum),
    further: a.further + b.further,
    sameReplica: a.sameReplica + b.sameReplica,
    moved: a.moved + b.moved,
    movedAgain: a.movedAgain + b.movedAgain,
    last: new Map(),
  }
}

export const schema: Schema<Jars> = {
  write: ({ first, further, sameReplica, moved, movedAgain }) => ({
    first: [...first],
    further,
    sameReplica,
    moved,
    movedAgain,
  }),
  read: v.pipe(
    v.object({
      first: mapOf(count),
      further: count,
      sameReplica: count,
      moved: count,
      movedAgain: count,
    }),
    v.transform((jars) => ({ ...jars, last: create().last })),
  ),
}

export function judge({ first, further, sameReplica, moved, movedAgain }: Jars): JarCounts {
  let jars = 0
  for (const answers of first.values()) jars += answers
  return { first, further, sameReplica, moved, movedAgain, jars }
}
