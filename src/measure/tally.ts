import { addToClocks, mergeClocks } from './clocks.ts'
import type { Clocks } from './clocks.ts'
import { addToConnections, createConnections, mergeConnections } from './connections.ts'
import type { Connections } from './connections.ts'
import { addToDispersion, createDispersion, mergeDispersion } from './dispersion.ts'
import type { Dispersion } from './dispersion.ts'
import { addToFailures, createFailures, mergeFailures } from './failures.ts'
import type { Failures } from './failures.ts'
import { createHistogram, mergeHistograms, record } from './latency.ts'
import type { Histogram } from './latency.ts'
import { addToLives, mergeLives } from './lives.ts'
import type { Lives } from './lives.ts'
import { addToLoad, createLoad, mergeLoad, noteEnd } from './load.ts'
import type { Load } from './load.ts'
import type { ConnectionMode, Observation } from './observation.ts'
import type { Clients } from './order.ts'
import { addToPresence, createPresence, mergePresence } from './presence.ts'
import type { Presence } from './presence.ts'
import { createSequence, inSendingOrder } from './sequence.ts'
import type { Sequence } from './sequence.ts'
import { addToTimeline, createTimeline, mergeTimelines } from './timeline.ts'
import type { Timeline } from './timeline.ts'
import { addToVersions, mergeVersions } from './versions.ts'
import type { Versions } from './versions.ts'

/**
 * What a run comes to: every count that the verdicts need, in memory that does not grow with the
 * number of requests.
 */
export interface Tally {
  /** The machine and process that measures: clocks and clients are told apart by it. */
  vantage: string
  failures: Failures
  /** Answers that name no replica; errors of the proxy are failures instead. */
  unattributed: number
  clients: Clients
  modes: Record<ConnectionMode, ModeTally>
  clocks: Clocks
  lives: Lives
  versions: Versions
  latency: LatencyTally
  timelines: { replicas: Timeline; failures: Timeline; versions: Timeline }
}

/** What is counted for reused and for new connections apart. */
export interface ModeTally {
  presence: Presence
  connections: Connections
  dispersion: Dispersion
  load: Load
  sequence: Sequence
}

/** Complete responses only. */
export interface LatencyTally {
  /** From due to done: what a user waits, in an open loop. */
  latency: Histogram
  /** From sent to done. */
  service: Histogram
  /** From due to sent: how late the probe itself was, failed requests included. */
  lateness: Histogram
  /** From sent to done, for each replica. */
  replicas: Map<string, Histogram>
}

/** More names than this are no replicas: something else was taken for their name. */
export const maxReplicas = 1000

/** @param vantage names the machine and process that measures, differently for each probe. */
export function createTally(vantage: string): Tally {
  return {
    vantage,
    failures: createFailures(),
    unattributed: 0,
    clients: new Map(),
    modes: { reuse: createModeTally(), new: createModeTally() },
    clocks: new Map(),
    lives: new Map(),
    versions: new Map(),
    latency: {
      latency: createHistogram(),
      service: createHistogram(),
      lateness: createHistogram(),
      replicas: new Map(),
    },
    timelines: {
      replicas: createTimeline(),
      failures: createTimeline(),
      versions: createTimeline(),
    },
  }
}

function createModeTally(): ModeTally {
  return {
    presence: createPresence(),
    connections: createConnections(),
    dispersion: createDispersion(),
    load: createLoad(),
    sequence: createSequence(),
  }
}

/** Counts one request. To be called in the order in which requests end: `done` never goes back. */
export function observe(tally: Tally, observed: Observation): void {
  const observation = withKnownReplica(tally, observed)
  const { outcome, replica, version, due, sent, done } = observation
  const mode = tally.modes[observation.mode]

  addToFailures(tally.failures, observation)
  record(tally.latency.lateness, sent - due)
  if (outcome !== 'answered') addToTimeline(tally.timelines.failures, outcome, done)
  if (observation.status !== undefined) {
    record(tally.latency.latency, done - due)
    record(tally.latency.service, done - sent)
  }
  if (outcome === 'answered' && replica === undefined) tally.unattributed += 1
  if (replica !== undefined) {
    countClient(tally, replica)
    noteEnd(mode.load, done, replica)
    addToPresence(mode.presence, replica, done)
    addToConnections(mode.connections, observation, replica)
    addToClocks(tally.clocks, tally.vantage, observation, replica)
    addToLives(tally.lives, observation, replica)
    addToVersions(tally.versions, observation)
    addToTimeline(tally.timelines.replicas, replica, done)
    if (version !== undefined && tally.versions.has(version)) {
      addToTimeline(tally.timelines.versions, version, done)
    }
    record(histogramOf(tally.latency, replica), done - sent)
  }
  inSendingOrder(mode.sequence, observation, countInOrder, mode)
}

function countInOrder(
  { dispersion, load }: ModeTally,
  sent: number,
  replica: string | undefined,
): void {
  if (replica === undefined) return
  addToDispersion(dispersion, replica)
  addToLoad(load, sent, replica)
}

/** Names beyond `maxReplicas` are dropped, so that they cannot fill the memory. */
function withKnownReplica(tally: Tally, observation: Observation): Observation {
  const { replica } = observation
  const { replicas } = tally.latency
  return replica === undefined || replicas.has(replica) || replicas.size < maxReplicas
    ? observation
    : { ...observation, replica: undefined }
}

function histogramOf({ replicas }: LatencyTally, replica: string): Histogram {
  let histogram = replicas.get(replica)
  if (!histogram) {
    histogram = createHistogram()
    replicas.set(replica, histogram)
  }
  return histogram
}

function countClient({ clients, vantage }: Tally, replica: string): void {
  let counts = clients.get(vantage)
  if (!counts) {
    counts = new Map<string, number>()
    clients.set(vantage, counts)
  }
  counts.set(replica, (counts.get(replica) ?? 0) + 1)
}

/**
 * The tally of both runs together; neither input changes. Meant for runs that have ended: what is
 * still in flight, and windows that are still open, are left out.
 */
export function mergeTallies(a: Tally, b: Tally): Tally {
  return {
    vantage: a.vantage,
    failures: mergeFailures(a.failures, b.failures),
    unattributed: a.unattributed + b.unattributed,
    clients: mergeMaps(a.clients, b.clients, (x, y) => mergeMaps(x, y, (m, n) => m + n)),
    modes: {
      reuse: mergeModeTallies(a.modes.reuse, b.modes.reuse),
      new: mergeModeTallies(a.modes.new, b.modes.new),
    },
    clocks: mergeClocks(a.clocks, b.clocks),
    lives: mergeLives(a.lives, b.lives),
    versions: mergeVersions(a.versions, b.versions),
    latency: {
      latency: mergeHistograms(a.latency.latency, b.latency.latency),
      service: mergeHistograms(a.latency.service, b.latency.service),
      lateness: mergeHistograms(a.latency.lateness, b.latency.lateness),
      replicas: mergeMaps(a.latency.replicas, b.latency.replicas, mergeHistograms),
    },
    timelines: {
      replicas: mergeTimelines(a.timelines.replicas, b.timelines.replicas),
      failures: mergeTimelines(a.timelines.failures, b.timelines.failures),
      versions: mergeTimelines(a.timelines.versions, b.timelines.versions),
    },
  }
}

export function mergeModeTallies(a: ModeTally, b: ModeTally): ModeTally {
  return {
    presence: mergePresence(a.presence, b.presence),
    connections: mergeConnections(a.connections, b.connections),
    dispersion: mergeDispersion(a.dispersion, b.dispersion),
    load: mergeLoad(a.load, b.load),
    sequence: createSequence(),
  }
}

function mergeMaps<V>(
  a: ReadonlyMap<string, V>,
  b: ReadonlyMap<string, V>,
  mergeValues: (x: V, y: V) => V,
): Map<string, V> {
  const merged = new Map(a)
  for (const [key, value] of b) {
    const known = merged.get(key)
    merged.set(key, known === undefined ? value : mergeValues(known, value))
  }
  return merged
}
