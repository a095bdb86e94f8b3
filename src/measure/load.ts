import type { Observation } from './observation.ts'
import { wilsonInterval } from './significance.ts'

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
  unequal: Choices
  /** Those of them in which the replica asked longest ago was not among the least loaded. */
  contested: Choices
  /** The rest is about the requests in flight, and empty between runs. */
  inFlight: InFlight[]
  loads: Map<string, number>
  /** Replicas by when they were last chosen, longest ago first, with the position of that. */
  lastChosen: Map<string, number>
  position: number
}

export interface Choices {
  decisions: number
  /** How often one of the least loaded was chosen. */
  leastLoaded: number
  /** How often that would be if the choice ignored the load. */
  expected: number
}

interface InFlight {
  replica: string
  done: number
}

/** A replica not chosen for this many turns of everybody has left, and is no candidate any more. */
const turnsUntilForgotten = 20

export function createLoad(): Load {
  return {
    unequal: { decisions: 0, leastLoaded: 0, expected: 0 },
    contested: { decisions: 0, leastLoaded: 0, expected: 0 },
    inFlight: [],
    loads: new Map(),
    lastChosen: new Map(),
    position: 0,
  }
}

/** Adds the next answer in the order of sending. */
export function addToLoad(load: Load, { sent, done }: Observation, replica: string): void {
  settle(load, sent)
  forgetTheGone(load)
  judgeChoice(load, replica)
  load.position += 1
  // Deleting first moves the replica to the end of the map's order.
  load.lastChosen.delete(replica)
  load.lastChosen.set(replica, load.position)
  load.loads.set(replica, (load.loads.get(replica) ?? 0) + 1)
  const at = load.inFlight.findLastIndex((other) => other.done >= done)
  load.inFlight.splice(at + 1, 0, { replica, done })
}

/** Takes out what was answered by `now`; `inFlight` is sorted, first to end last. */
function settle(load: Load, now: number): void {
  for (let last = load.inFlight.at(-1); last && last.done <= now; last = load.inFlight.at(-1)) {
    load.inFlight.pop()
    load.loads.set(last.replica, (load.loads.get(last.replica) ?? 1) - 1)
  }
}

function forgetTheGone(load: Load): void {
  for (const [replica, position] of load.lastChosen) {
    if (load.position - position <= turnsUntilForgotten * load.lastChosen.size) return
    load.lastChosen.delete(replica)
    if (load.loads.get(replica) === 0) load.loads.delete(replica)
  }
}

function judgeChoice(load: Load, replica: string): void {
  if (!load.lastChosen.has(replica)) return
  let least = Infinity
  let most = 0
  let leastLoaded = 0
  for (const candidate of load.lastChosen.keys()) {
    const requests = load.loads.get(candidate) ?? 0
    most = Math.max(most, requests)
    if (requests < least) leastLoaded = 0
    if (requests <= least) leastLoaded += 1
    least = Math.min(least, requests)
  }
  if (most === least) return
  const isLeast = (load.loads.get(replica) ?? 0) === least
  count(load.unequal, isLeast, leastLoaded / load.lastChosen.size)
  const [longestAgo] = load.lastChosen.keys()
  if (longestAgo !== undefined && (load.loads.get(longestAgo) ?? 0) > least) {
    count(load.contested, isLeast, leastLoaded / load.lastChosen.size)
  }
}

function count(choices: Choices, isLeast: boolean, expected: number): void {
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

function mergeChoices(a: Choices, b: Choices): Choices {
  return {
    decisions: a.decisions + b.decisions,
    leastLoaded: a.leastLoaded + b.leastLoaded,
    expected: a.expected + b.expected,
  }
}

/**
 * How much the choice goes by the load, on the scale of Cohen's kappa (1960): 0 where it ignores
 * it, 1 where it is always one of the least loaded. A lower bound, with 99.9 % confidence, so that
 * few decisions say little.
 */
export function preferenceForIdle({ decisions, leastLoaded, expected }: Choices): number {
  if (decisions === 0 || expected >= decisions) return 0
  const { low } = wilsonInterval(leastLoaded / decisions, decisions, 0.998)
  const chance = expected / decisions
  return Math.max(0, (low - chance) / (1 - chance))
}
