import type { Observation } from '../observation.ts'
import type { Tell } from './change.ts'
import { addLoss, createLosses, failingOf } from './losses.ts'
import type { Losses } from './losses.ts'
import { tooMany } from './too-many.ts'
import type { Traffic } from './too-many.ts'

/**
 * Whether more requests fail than usually do: a scan statistic (Naus 1965). What is usual is learned
 * while all is well, so that a target that loses one request in a thousand is not told for that.
 */
export interface Failing {
  /** Requests so far: their ordinals are what windows are made of. */
  requests: number
  /** Failures within the window that ends now, and those of a streak. */
  latest: Failure[]
  /** Of what is usual: requests, and failures among them. */
  usual: { requests: number; failures: number }
  /** So many within a window are too many. */
  limit: number
  alarm: Alarm | undefined
}

interface Failure {
  ordinal: number
  observation: Observation
}

interface Alarm {
  losses: Losses
  failures: number
  first: number
  last: number
}

/** What is taken for usual before anything is known: cautious, half a failure in a thousand. */
const prior = { failures: 0.5, requests: 1000 }
const mostUsual = 0.01
/** Requests after which the limit is computed anew. */
const relearn = 500
/** Of these shares an alarm is over sooner or later; of others as of the nearest. */
const [leastShare, mostShare] = [0.01, 0.06]
/** −ln of the chance that no request fails for so long while it goes on as before. */
const improbable = 9.2
const longestStreak = 100

export function createFailing(traffic: Traffic): Failing {
  const usual = { requests: 0, failures: 0 }
  return { requests: 0, latest: [], usual, limit: limitOf(usual, traffic), alarm: undefined }
}

function limitOf({ requests, failures }: Failing['usual'], traffic: Traffic): number {
  const share = (failures + prior.failures) / (requests + prior.requests)
  return tooMany(Math.min(share, mostUsual), traffic)
}

/** Counts one more request. */
export function addToFailing(
  failing: Failing,
  observation: Observation,
  traffic: Traffic,
  tell: Tell,
): void {
  const { latest, alarm } = failing
  failing.requests += 1
  const failed = observation.outcome !== 'answered'
  if (alarm) {
    goOn(failing, alarm, observation, traffic, tell)
    return
  }
  learn(failing, failed, traffic)
  if (failed) latest.push({ ordinal: failing.requests, observation })
  const before = failing.requests - traffic.window
  while (
    latest[0] &&
    (latest[0].ordinal <= before || latest.length > failing.limit + longestStreak)
  )
    latest.shift()
  // While none succeeds it may become an outage, which is told instead.
  if (latest.length >= failing.limit && !failed) begin(failing, observation.done, tell)
}

/** What failed in an outage says nothing about what fails before and after it. */
export function forgetOutage(failing: Failing, streak: number): void {
  failing.latest = []
  if (failing.alarm) return
  failing.usual.requests = Math.max(0, failing.usual.requests - streak)
  failing.usual.failures = Math.max(0, failing.usual.failures - streak)
}

function learn(failing: Failing, failed: boolean, traffic: Traffic): void {
  const { usual } = failing
  usual.requests += 1
  if (failed) usual.failures += 1
  // A day or two: what was usual a month ago is no measure.
  if (usual.requests >= traffic.requestsPerMonth / 15) {
    usual.requests = Math.round(usual.requests / 2)
    usual.failures /= 2
  }
  if (usual.requests % relearn === 0) failing.limit = limitOf(usual, traffic)
}

function begin(failing: Failing, at: number, tell: Tell): void {
  const { latest, usual, requests } = failing
  const [first, last] = [latest[0], latest.at(-1)]
  if (!first || !last) return
  usual.failures = Math.max(0, usual.failures - latest.length)
  const losses = createLosses(first.observation.sent)
  losses.requests = requests - first.ordinal + 1
  for (const { observation } of latest) addLoss(losses, observation)
  failing.alarm = {
    losses,
    failures: latest.length,
    first: first.ordinal,
    last: last.ordinal,
  }
  failing.latest = []
  tell({ change: 'failures', at, ...failingOf(losses, latest.length) })
}

function goOn(
  failing: Failing,
  alarm: Alarm,
  observation: Observation,
  { window }: Traffic,
  tell: Tell,
): void {
  const { requests } = failing
  if (observation.outcome !== 'answered') {
    alarm.losses.requests = requests - alarm.first + 1
    alarm.failures += 1
    alarm.last = requests
    addLoss(alarm.losses, observation)
    return
  }
  const share = alarm.failures / (alarm.last - alarm.first + 1)
  const clear = improbable / Math.min(Math.max(share, leastShare), mostShare)
  if (requests - alarm.last < Math.max(clear, window)) return
  failing.alarm = undefined
  const { losses, failures } = alarm
  tell({ change: 'failures-over', at: observation.done, ...failingOf(losses, failures) })
}
