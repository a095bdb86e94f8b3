import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { count, mapOf } from '../statistics/schemas.ts'
import { spellEntries } from '../statistics/spell.ts'

/**
 * Who was missing for a while. Positions count the answers of one mode in the order in which they
 * were asked for: in a closed loop with many connections answers come in bursts, so that hundreds of
 * others may come in between two of one replica that is chosen all the time.
 */
export interface Presence {
  /** Answers that name a replica. */
  answers: number
  replicas: Map<string, ReplicaPresence>
}

export interface ReplicaPresence {
  answers: number
  /** When the first and the last were asked for, and when the last came in (Unix ms). */
  first: number
  last: number
  lastDone: number
  /** Answers of others before the first, and since the last. */
  before: number
  lastPosition: number
  /** The most answers of others between two of its own, and when that was. */
  longestGap: Gap
}

interface Gap {
  others: number
  /** Those of them that came while none of its own was in flight. */
  silent: number
  from: number
  to: number
}

/** A stretch of a run in which a replica was not chosen although chance cannot explain it. */
export interface Absence {
  replica: string
  /** It came late, was away in between, or gave no answer any more. */
  kind: 'late' | 'away' | 'gone'
  /** Unix ms. A replica that came late or is gone is missing from or to the end of the run. */
  from: number
  to: number
  /** Answers of others since it was chosen last. */
  others: number
  /** None of its own was in flight meanwhile, or chance cannot explain the rest of it either. */
  silent: boolean
}

/** So rare must an absence be by chance, among all replicas and all stretches between answers. */
const improbable = 5e-4

export function create(): Presence {
  return { answers: 0, replicas: new Map() }
}

/** Adds the next request in the order of sending. */
export function add(presence: Presence, { replica, sent, done }: Observation): void {
  if (replica === undefined) return
  const position = presence.answers
  presence.answers += 1
  const known = presence.replicas.get(replica)
  if (!known) {
    presence.replicas.set(replica, {
      answers: 1,
      first: sent,
      last: sent,
      lastDone: done,
      before: position,
      lastPosition: position,
      longestGap: { others: 0, silent: 0, from: sent, to: sent },
    })
    return
  }
  const gap = gapUntil(known, position, sent)
  if (gap.others > known.longestGap.others) known.longestGap = gap
  known.answers += 1
  known.last = sent
  known.lastDone = Math.max(known.lastDone, done)
  known.lastPosition = position
}

/** A stretch without a request to a replica; it begins when it had none to answer either. */
function gapUntil(
  { last, lastDone, lastPosition }: ReplicaPresence,
  position: number,
  to: number,
): Gap {
  const from = Math.min(Math.max(last, lastDone), to)
  const part = to > last ? (to - from) / (to - last) : 1
  const others = position - lastPosition - 1
  return { others, silent: Math.floor(others * part), from, to }
}

/**
 * Both together. What two clients saw side by side has no common order, so a replica counts as
 * missing only for as long as the client that missed it least can say.
 */
export function merge(a: Presence, b: Presence): Presence {
  const answers = a.answers + b.answers
  const replicas = new Map<string, ReplicaPresence>()
  for (const replica of new Set([...a.replicas.keys(), ...b.replicas.keys()])) {
    const ofA = a.replicas.get(replica)
    const ofB = b.replicas.get(replica)
    const after = Math.min(
      ofA ? a.answers - ofA.lastPosition : Infinity,
      ofB ? b.answers - ofB.lastPosition : Infinity,
    )
    const seen = [ofA, ofB].filter((one) => one !== undefined)
    const gaps = seen.map((one) => one.longestGap).sort((x, y) => x.others - y.others)
    const [longestGap] = gaps
    if (!longestGap) continue
    replicas.set(replica, {
      answers: seen.reduce((sum, one) => sum + one.answers, 0),
      first: Math.min(...seen.map((one) => one.first)),
      last: Math.max(...seen.map((one) => one.last)),
      lastDone: Math.max(...seen.map((one) => one.lastDone)),
      before: Math.min(...seen.map((one) => one.before)),
      lastPosition: answers - after,
      longestGap,
    })
  }
  return { answers, replicas }
}

export const schema: Schema<Presence> = {
  write: ({ replicas, ...counts }) => ({ ...counts, replicas: [...replicas] }),
  read: v.object({
    answers: count,
    replicas: mapOf(
      v.object({
        ...spellEntries,
        lastDone: v.number(),
        before: count,
        lastPosition: count,
        longestGap: v.object({ others: count, silent: count, from: v.number(), to: v.number() }),
      }),
    ),
  }),
}

/**
 * Every stretch in which a replica was not chosen though chance cannot explain it, the longest (in
 * answers of others) first. If a replica's answers were strewn at random over the run, all of them would
 * miss a stretch of it with the probability (1 − stretch/run)^answers.
 * @param bursts so many answers of a replica come together, on average
 */
export function judge({ answers, replicas }: Presence, bursts = 1): Absence[] {
  const start = Math.min(...[...replicas.values()].map((one) => one.first))
  const end = Math.max(...[...replicas.values()].map((one) => one.last))
  const found: Absence[] = []
  for (const [replica, one] of replicas) {
    const note = (kind: Absence['kind'], { others, silent, from, to }: Gap) => {
      const stretches = replicas.size * (kind === 'away' ? one.answers : 1)
      const isImprobable = (missed: number) =>
        (one.answers / bursts) * Math.log1p(-missed / answers) + Math.log(stretches) <
        Math.log(improbable)
      if (isImprobable(others)) {
        found.push({ replica, kind, from, to, others, silent: isImprobable(silent) })
      }
    }
    note('late', { others: one.before, silent: one.before, from: start, to: one.first })
    note('away', one.longestGap)
    note('gone', gapUntil(one, answers, end))
  }
  return found.sort((a, b) => b.others - a.others)
}
