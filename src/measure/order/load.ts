import * as v from 'valibot'
import { count as countSchema } from '../statistics/schemas.ts'
import { wilsonInterval } from '../statistics/significance.ts'
import { addInFlight, createInFlight, takeEnded } from './in-flight.ts'
import type { InFlight } from './in-flight.ts'

/**
 * Whether requests go to the replica that has the fewest in flight.
 *
 * For each request, in the order of sending, the requests sent before it and not yet answered are
 * this client's load on each replica. A balancer by least connections picks from the least loaded.
 * Round robin often does too, since who was asked longest ago has often finished; so decisions in
 * which these two rules disagree (`contested`) are counted apart.
 */
export interface Load {
  /** Decisions in which replicas were not equally loaded. */
  unequal: LoadChoices
  /** Those of them in which the replica asked longest ago was not among the least loaded. */
  contested: LoadChoices
  /** The rest is about the requests in flight. */
  candidates: Map<string, Candidate>
  position: number
  inFlight: InFlight
}

export interface LoadChoices {
  decisions: number
  /** How often one of the least loaded was chosen. */
  leastLoaded: number
  /** How often that would be if each got its share so far, whatever the load. */
  expected: number
}

interface Candidate {
  inFlight: number
  /** Requests that it got since a replica came, and the position of the last. */
  chosen: number
  lastChosen: number
}

/** A replica not chosen for this many turns of everybody has left, and is no candidate any more. */
const turnsUntilForgotten = 20

export function createLoad(): Load {
  return {
    unequal: { decisions: 0, leastLoaded: 0, expected: 0 },
    contested: { decisions: 0, leastLoaded: 0, expected: 0 },
    candidates: new Map(),
    position: 0,
    inFlight: createInFlight(),
  }
}

/** Adds the next answer in the order of sending. */
export function addToLoad(load: Load, sent: number, done: number, replica: string): void {
  takeOutAnswered(load, sent)
  addInFlight(load.inFlight, done, replica)
  load.position += 1
  const candidate = load.candidates.get(replica)
  if (candidate) {
    countChoice(load, candidate)
    candidate.inFlight += 1
    candidate.chosen += 1
    candidate.lastChosen = load.position
  } else {
    // Shares are those since the last one came, which had none before.
    for (const other of load.candidates.values()) other.chosen = 1
    load.candidates.set(replica, { inFlight: 1, chosen: 1, lastChosen: load.position })
  }
}

function takeOutAnswered({ inFlight, candidates }: Load, now: number): void {
  for (let by = takeEnded(inFlight, now); by !== undefined; by = takeEnded(inFlight, now)) {
    const candidate = candidates.get(by)
    // It may have been forgotten meanwhile.
    if (candidate && candidate.inFlight > 0) candidate.inFlight -= 1
  }
}

function countChoice({ candidates, position, unequal, contested }: Load, chosen: Candidate): void {
  let fewest = Infinity
  let most = 0
  let leastLoaded = 0
  let all = 0
  let longestAgo = chosen
  for (const [replica, candidate] of candidates) {
    const { inFlight, chosen: share, lastChosen } = candidate
    all += share
    if (position - lastChosen > turnsUntilForgotten * candidates.size) candidates.delete(replica)
    if (lastChosen < longestAgo.lastChosen) longestAgo = candidate
    if (inFlight > most) most = inFlight
    if (inFlight === fewest) leastLoaded += share
    if (inFlight < fewest) {
      fewest = inFlight
      leastLoaded = share
    }
  }
  if (most === fewest) return
  const isLeast = chosen.inFlight === fewest
  const expected = leastLoaded / all
  count(unequal, isLeast, expected)
  if (longestAgo.inFlight > fewest) count(contested, isLeast, expected)
}

function count(choices: LoadChoices, isLeast: boolean, expected: number): void {
  choices.decisions += 1
  choices.leastLoaded += isLeast ? 1 : 0
  choices.expected += expected
}

/** Both together, without what is in flight. */
export function mergeLoad(a: Load, b: Load): Load {
  return {
    ...createLoad(),
    unequal: mergeChoices(a.unequal, b.unequal),
    contested: mergeChoices(a.contested, b.contested),
  }
}

function mergeChoices(a: LoadChoices, b: LoadChoices): LoadChoices {
  return {
    decisions: a.decisions + b.decisions,
    leastLoaded: a.leastLoaded + b.leastLoaded,
    expected: a.expected + b.expected,
  }
}

const choices = v.object({
  decisions: countSchema,
  leastLoaded: countSchema,
  expected: v.number(),
})

export const loadSchema = {
  write: ({ unequal, contested }: Load) => ({ unequal, contested }),
  read: v.pipe(
    v.object({ unequal: choices, contested: choices }),
    v.transform((load) => ({ ...createLoad(), ...load })),
  ),
}

/**
 * How much the choice goes by the load, on the scale of Cohen's kappa (1960): 0 where it ignores
 * it, 1 where it is always one of the least loaded. A lower bound, with 99.9 % confidence, so that
 * few decisions say little.
 */
export function preferenceForIdle({ decisions, leastLoaded, expected }: LoadChoices): number {
  if (decisions === 0 || expected >= decisions) return 0
  const { low } = wilsonInterval(leastLoaded / decisions, decisions, 0.998)
  const chance = expected / decisions
  return Math.max(0, (low - chance) / (1 - chance))
}

/**
 * Standard deviations by which one of the least loaded was chosen more often (or, below 0, less often)
 * than by a choice that ignores the load.
 */
export function dependenceOnLoad({ decisions, leastLoaded, expected }: LoadChoices): number {
  const variance = expected * (1 - expected / decisions)
  return variance > 0 ? (leastLoaded - expected) / Math.sqrt(variance) : 0
}
