import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { entriesOf, mapOf } from '../statistics/schemas.ts'

/**
 * Best reading of each replica's clock, for each machine that measured.
 *
 * The replica read its clock at some moment between sending and receiving, so its offset lies
 * within half the round trip of the middle; the smallest round trip bounds it best (Cristian 1989,
 * "Probabilistic clock synchronization").
 */
export type Clocks = Map<string, Map<string, Reading>>

/** Milliseconds; ahead of the measuring machine is positive. */
export interface Reading {
  offset: number
  /** The true offset is at most this far from `offset`. */
  bound: number
}

export interface ClockVerdict {
  replicas: ({
    vantage: string
    replica: string
    verdict: 'ahead' | 'behind' | 'cannot-tell'
  } & Reading)[]
  /** The two replicas whose clocks are most certainly apart: `first` minus `second`. */
  furthest?: {
    first: string
    second: string
    difference: number
    bound: number
    verdict: 'apart' | 'cannot-tell'
  }
}

/** Timestamps are written with microseconds. */
const resolution = 0.001

export function create(): Clocks {
  return new Map()
}

/** How far the clock may be from what an answer says that took so many milliseconds. */
const boundOf = (milliseconds: number) => milliseconds / 2 + resolution

/** Whether an answer that took so many milliseconds tells more about the clock than those before. */
export function isSharper(
  clocks: Clocks,
  vantage: string,
  replica: string,
  milliseconds: number,
): boolean {
  const known = clocks.get(vantage)?.get(replica)
  return !known || boundOf(milliseconds) < known.bound
}

export function add(
  clocks: Clocks,
  { replica, sent, written = sent, done, timestamp }: Observation,
  vantage: string,
): void {
  if (replica === undefined || timestamp === undefined) return
  if (!isSharper(clocks, vantage, replica, done - written)) return
  let readings = clocks.get(vantage)
  if (!readings) {
    readings = new Map<string, Reading>()
    clocks.set(vantage, readings)
  }
  const offset = timestamp * 1000 - (written + done) / 2
  readings.set(replica, { offset, bound: boundOf(done - written) })
}

function better(known: Reading | undefined, reading: Reading): Reading {
  return known && known.bound <= reading.bound ? known : reading
}

export function merge(a: Clocks, b: Clocks): Clocks {
  const merged: Clocks = new Map()
  for (const clocks of [a, b]) {
    for (const [vantage, readings] of clocks) {
      const into = merged.get(vantage) ?? new Map<string, Reading>()
      for (const [replica, reading] of readings) {
        into.set(replica, better(into.get(replica), reading))
      }
      merged.set(vantage, into)
    }
  }
  return merged
}

export const schema: Schema<Clocks> = {
  write: (clocks) => entriesOf(clocks, (readings) => [...readings]),
  read: mapOf(mapOf(v.object({ offset: v.number(), bound: v.number() }))),
}

/** @param cached whose answers a cache gave again: the first of them may have been as old */
export function judge(all: Clocks, cached: ReadonlySet<string> = new Set()): ClockVerdict {
  const clocks: Clocks = new Map(
    [...all].map(([vantage, readings]) => [
      vantage,
      new Map([...readings].filter(([replica]) => !cached.has(replica))),
    ]),
  )
  const replicas = [...clocks].flatMap(([vantage, readings]) =>
    [...readings].map(([replica, { offset, bound }]) => {
      const verdict: 'ahead' | 'behind' | 'cannot-tell' =
        Math.abs(offset) <= bound ? 'cannot-tell' : offset > 0 ? 'ahead' : 'behind'
      return { vantage, replica, offset, bound, verdict }
    }),
  )
  replicas.sort((a, b) => a.replica.localeCompare(b.replica))
  const furthest = furthestApart(clocks)
  return furthest ? { replicas, furthest } : { replicas }
}

/**
 * The most certain difference between two replicas that one machine measured. The one furthest
 * ahead at least (offset − bound) against the one furthest behind at most (offset + bound).
 */
function furthestApart(clocks: Clocks): ClockVerdict['furthest'] {
  let furthest: ClockVerdict['furthest']
  for (const readings of clocks.values()) {
    const byEarliest = [...readings].sort(([, a], [, b]) => b.offset - b.bound - a.offset + a.bound)
    const [ahead] = byEarliest
    const [behind] = byEarliest
      .filter((entry) => entry !== ahead)
      .sort(([, a], [, b]) => a.offset + a.bound - b.offset - b.bound)
    if (!ahead || !behind) continue
    const difference = ahead[1].offset - behind[1].offset
    const bound = ahead[1].bound + behind[1].bound
    if (furthest && difference - bound <= furthest.difference - furthest.bound) continue
    const verdict = difference > bound ? 'apart' : 'cannot-tell'
    furthest = { first: ahead[0], second: behind[0], difference, bound, verdict }
  }
  return furthest
}
