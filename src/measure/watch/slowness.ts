import type { Observation } from '../observation.ts'
import type { Tell } from './change.ts'

/** How long the latest answers of each replica took. */
export interface Slowness {
  replicas: Map<string, Latest>
}

interface Latest {
  /** Milliseconds, of the latest answers, in any order; and how many there were ever. */
  times: Float32Array
  answers: number
  /** As it was when it was last compared (absent: not yet). */
  median: Median | undefined
  slow: boolean
}

interface Median {
  low: number
  middle: number
  high: number
}

const kept = 256
/** Answers of a replica after which it is compared again, and before which it is not. */
const interval = 32
const fewest = 64
/** Much slower is by half and by 5 ms; it is over where it is less than by a fifth, or 2.5 ms. */
const begins = { factor: 1.5, milliseconds: 5 }
const ends = { factor: 1.2, milliseconds: 2.5 }
/** Standard errors of either median; both are off by as much in less than one of ten million. */
const z = 3.7

export function createSlowness(): Slowness {
  return { replicas: new Map() }
}

/** Counts one more answer of a replica. */
export function addToSlowness(
  slowness: Slowness,
  replica: string,
  { sent, done }: Observation,
  tell: Tell,
): void {
  const latest = slowness.replicas.get(replica) ?? create()
  slowness.replicas.set(replica, latest)
  latest.times[latest.answers % kept] = done - sent
  latest.answers += 1
  if (latest.answers % interval !== 0 || latest.answers < fewest) return
  const own = (latest.median = median(latest))
  const peer = medianPeer(slowness, latest)
  if (!peer) return
  if (!latest.slow && own.low > atLeast(peer.high, begins)) {
    latest.slow = true
    tell({ change: 'replica-slow', at: done, replica, median: own.middle, others: peer.middle })
  } else if (latest.slow && own.middle < atLeast(peer.middle, ends)) {
    latest.slow = false
    tell({ change: 'replica-slow-over', at: done, replica })
  }
}

/** One that is gone is slow no longer. */
export function forgetSlowness(
  { replicas }: Slowness,
  replica: string,
  at: number,
  tell: Tell,
): void {
  if (replicas.get(replica)?.slow === true) tell({ change: 'replica-slow-over', at, replica })
  replicas.delete(replica)
}

function create(): Latest {
  return { times: new Float32Array(kept), answers: 0, median: undefined, slow: false }
}

const atLeast = (time: number, { factor, milliseconds }: typeof begins) =>
  Math.max(time * factor, time + milliseconds)

/** With its bounds by order statistics (Thompson 1936), whatever the distribution. */
function median({ times, answers }: Latest): Median {
  const count = Math.min(answers, kept)
  const sorted = times.slice(0, count).sort()
  const reach = z / (2 * Math.sqrt(count))
  const at = (part: number) => sorted[Math.round(part * (count - 1))] ?? 0
  return { low: at(0.5 - reach), middle: at(0.5), high: at(0.5 + reach) }
}

/** The one in the middle of all others, by what its median is at most. */
function medianPeer({ replicas }: Slowness, own: Latest): Median | undefined {
  const peers = [...replicas.values()]
    .flatMap((peer) => (peer !== own && peer.median ? [peer.median] : []))
    .sort((a, b) => a.high - b.high)
  return peers[Math.floor((peers.length - 1) / 2)]
}
