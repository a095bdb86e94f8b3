import type { Observation } from './observation.ts'
import { duration } from './words.ts'

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
  sentence: string
}

/** Timestamps are written with microseconds. */
const resolution = 0.001

export function addToClocks(
  clocks: Clocks,
  vantage: string,
  { sent, written = sent, done, timestamp }: Observation,
  replica: string,
): void {
  if (timestamp === undefined) return
  let readings = clocks.get(vantage)
  if (!readings) {
    readings = new Map<string, Reading>()
    clocks.set(vantage, readings)
  }
  const bound = (done - written) / 2 + resolution
  const known = readings.get(replica)
  if (known && known.bound <= bound) return
  readings.set(replica, { offset: timestamp * 1000 - (written + done) / 2, bound })
}

function better(known: Reading | undefined, reading: Reading): Reading {
  return known && known.bound <= reading.bound ? known : reading
}

/** Both together. */
export function mergeClocks(a: Clocks, b: Clocks): Clocks {
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

export function judgeClocks(clocks: Clocks): ClockVerdict {
  const replicas = [...clocks].flatMap(([vantage, readings]) =>
    [...readings].map(([replica, { offset, bound }]) => {
      const verdict: 'ahead' | 'behind' | 'cannot-tell' =
        Math.abs(offset) <= bound ? 'cannot-tell' : offset > 0 ? 'ahead' : 'behind'
      return { vantage, replica, offset, bound, verdict }
    }),
  )
  replicas.sort((a, b) => a.replica.localeCompare(b.replica))
  const furthest = furthestApart(clocks)
  const sentence = describe(replicas, furthest)
  return furthest ? { replicas, furthest, sentence } : { replicas, sentence }
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

function describe(replicas: ClockVerdict['replicas'], furthest: ClockVerdict['furthest']): string {
  if (replicas.length === 0) return 'No answer carried a timestamp, so clocks cannot be compared.'
  if (furthest?.verdict === 'apart') {
    const { first, second, difference, bound } = furthest
    return `The clock of ${first} is ${duration(difference)} ahead of that of ${second} (± ${duration(bound)}).`
  }
  const off = replicas.filter(({ verdict }) => verdict !== 'cannot-tell')
  const [one] = off.sort((a, b) => Math.abs(b.offset) - Math.abs(a.offset))
  const among = furthest
    ? `The replicas' clocks agree to within ${duration(Math.abs(furthest.difference) + furthest.bound)}, which is as well as the round trips can tell`
    : `Only one replica's clock was read`
  if (!one) return `${among}; nor can they be told from this machine's clock.`
  return `${among}; that of ${one.replica} is ${duration(Math.abs(one.offset))} ${one.verdict} of this machine's (± ${duration(one.bound)}).`
}
