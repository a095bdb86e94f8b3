import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { add as sum, increment, mergeMaps, sameKeyByChance, sumOf } from '../statistics/maps.ts'
import { count, mapOf } from '../statistics/schemas.ts'
import { binomialUpperTail } from '../statistics/significance.ts'

/** What happens to requests that carry the same cookies. */
export interface Jars {
  /** Replica of the first answer to each jar. */
  first: Map<string, number>
  /** Answers to a jar that had one before, and those by the same replica. */
  further: number
  sameReplica: number
  /** The same, where that was over another connection. */
  furtherElsewhere: number
  sameElsewhere: number
  /** Jars that went over to another replica once, and those of them that went over again. */
  moved: number
  movedAgain: number
  /** By jar: who answered it last, over which connection, and how often it has moved. */
  last: Map<number, { replica: string; connection: number | undefined; moves: number }>
}

/** The first so many jars say enough; later ones are not followed, so that memory is bounded. */
export const maxJars = 10_000

export type JarCounts = Jars & { jars: number }

export function create(): Jars {
  return {
    first: new Map(),
    further: 0,
    sameReplica: 0,
    furtherElsewhere: 0,
    sameElsewhere: 0,
    moved: 0,
    movedAgain: 0,
    last: new Map(),
  }
}

/** Adds the next request in the order of sending. */
export function add(jars: Jars, { jar, connection, replica }: Observation): void {
  if (jar === undefined || replica === undefined) return
  const before = jars.last.get(jar)
  if (!before) {
    if (jars.last.size >= maxJars) return
    increment(jars.first, replica)
    jars.last.set(jar, { replica, connection, moves: 0 })
    return
  }
  const same = before.replica === replica ? 1 : 0
  jars.further += 1
  jars.sameReplica += same
  if (before.connection !== connection) {
    jars.furtherElsewhere += 1
    jars.sameElsewhere += same
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
    furtherElsewhere: a.furtherElsewhere + b.furtherElsewhere,
    sameElsewhere: a.sameElsewhere + b.sameElsewhere,
    moved: a.moved + b.moved,
    movedAgain: a.movedAgain + b.movedAgain,
    last: new Map(),
  }
}

export const schema: Schema<Jars> = {
  write: (jars) => ({ ...jars, first: [...jars.first], last: undefined }),
  read: v.pipe(
    v.object({
      first: mapOf(count),
      further: count,
      sameReplica: count,
      furtherElsewhere: count,
      sameElsewhere: count,
      moved: count,
      movedAgain: count,
    }),
    v.transform((jars) => ({ ...jars, last: create().last })),
  ),
}

export function judge(jars: Jars): JarCounts {
  return { ...jars, jars: sumOf(jars.first) }
}

/** By chance it would be this rare. */
const alpha = 1e-6
/** A jar whose replica leaves moves; one that keeps its replica otherwise does not more often. */
const minSame = 0.9

/**
 * Whether a client with a cookie keeps its replica.
 * @param pinned connections keep theirs anyway, so that only what came over another one counts
 */
export function cookieBinds(jars: Jars, pinned: boolean): boolean {
  const { first } = jars
  const further = pinned ? jars.furtherElsewhere : jars.further
  const same = pinned ? jars.sameElsewhere : jars.sameReplica
  if (first.size < 2 || further === 0) return false
  const expected = sameKeyByChance(first)
  return same >= minSame * further && binomialUpperTail(same, further, expected) < alpha
}
