import type { Observation } from '../observation.ts'
import type { Change, Condition, Tell } from './change.ts'
import { addToEvenness, createEvenness, restartEvenness } from './evenness.ts'
import { addToFailing, createFailing, forgetOutage } from './failing.ts'
import type { Member } from './members.ts'
import { addToOutage, createOutage } from './outage.ts'
import { addToReplicas, createReplicas } from './replicas.ts'
import { addToSlowness, createSlowness, forgetSlowness } from './slowness.ts'
import type { Traffic } from './too-many.ts'

/**
 * A target that is watched without end, in memory that depends on how many replicas it has and not on
 * how long that takes.
 */
export type Watch = ReturnType<typeof createWatch>

const secondsPerMonth = 30 * 24 * 3600
/** Failures count together within half a minute, and within a hundred requests at least. */
const windowSeconds = 30
const smallestWindow = 100

/** @param rate requests a second, more than 0 */
export function createWatch(rate: number) {
  const traffic: Traffic = {
    window: Math.max(smallestWindow, Math.round(windowSeconds * rate)),
    requestsPerMonth: rate * secondsPerMonth,
  }
  return {
    traffic,
    outage: createOutage(),
    failing: createFailing(traffic),
    replicas: createReplicas(),
    slowness: createSlowness(),
    evenness: createEvenness(),
  }
}

/**
 * Counts one more request, in the order in which they end, and tells what has changed with it. There is
 * no other clock than `done` of the requests.
 */
export function watchOver(watch: Watch, observation: Observation, tell: Tell): void {
  const { traffic, outage, failing, replicas, slowness, evenness } = watch
  const { replica, done } = observation
  const note: Tell = (change) => {
    tell(change)
    if (unsettling.has(change.change)) restartEvenness(evenness)
    if (departures.has(change.change) && 'replica' in change)
      forgetSlowness(slowness, change.replica, done, tell)
  }
  const streak = outage.streak
  if (addToOutage(outage, observation, note)) forgetOutage(failing, streak)
  addToFailing(failing, observation, traffic, note)
  addToReplicas(replicas, observation, note)
  // Visitors go without a word.
  if (slowness.replicas.size > replicas.members.size)
    for (const one of slowness.replicas.keys())
      if (!replicas.members.has(one)) forgetSlowness(slowness, one, done, tell)
  if (replica === undefined || !replicas.members.has(replica)) return
  addToSlowness(slowness, replica, observation, tell)
  addToEvenness(evenness, replica, done, tell)
}

/** Changes after which other shares are to be expected. */
const unsettling = new Set<Change['change']>([
  'replicas-seen',
  'replica-new',
  'replica-lost',
  'replica-back',
  'replica-replaced',
  'replica-drained',
  'replica-given-up',
  'replica-restarted',
  'outage-over',
])
const departures = new Set<Change['change']>([
  'replica-lost',
  'replica-replaced',
  'replica-drained',
])

/** How often each condition holds at the moment: for a replica's, how many of them are meant. */
export function conditionsOf({ outage, failing, replicas, slowness, evenness }: Watch) {
  const lost = [...replicas.members.values()].filter(({ lost }) => lost !== undefined)
  const slow = [...slowness.replicas.values()].filter(({ slow }) => slow)
  return {
    outage: Number(outage.begun),
    failures: Number(failing.alarm !== undefined),
    'replica-lost': lost.length,
    'replica-slow': slow.length,
    uneven: Number(evenness.uneven),
  } satisfies Record<Condition, number>
}

/** Who is expected to answer, in the order of their names. */
export function membersOf({ replicas }: Watch): Member[] {
  return [...replicas.members.values()].sort((a, b) => (a.replica < b.replica ? -1 : 1))
}
