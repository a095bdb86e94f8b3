import * as v from 'valibot'
import * as clients from './affinity/clients.ts'
import * as connections from './affinity/connections.ts'
import * as jars from './affinity/jars.ts'
import * as keys from './affinity/keys.ts'
import * as answers from './balance/answers.ts'
import { allAndNew } from './all-and-new.ts'
import { byMode } from './by-mode.ts'
import * as failures from './failures/failures.ts'
import * as statuses from './failures/statuses.ts'
import type { Observation } from './observation.ts'
import * as choices from './order/choices.ts'
import { createSequence, inSendingOrder } from './order/sequence.ts'
import type { Sequence } from './order/sequence.ts'
import * as byVersion from './replicas/by-version.ts'
import * as clocks from './replicas/clocks.ts'
import * as lives from './replicas/lives.ts'
import * as presence from './replicas/presence.ts'
import * as reuse from './replicas/reuse.ts'
import * as versions from './replicas/versions.ts'
import * as zones from './replicas/zones.ts'
import type { Statistic } from './statistic.ts'
import * as coldStarts from './times/cold-starts.ts'
import * as latency from './times/latency.ts'
import * as pace from './times/pace.ts'
import * as timelines from './times/timelines.ts'

/**
 * What is counted as requests end. A new statistic is one module and one line here, or below.
 */
const asTheyEnd = {
  failures,
  statuses,
  answers: byMode(answers),
  clocks,
  lives,
  reuse,
  versions,
  zones,
  latency,
  coldStarts,
  pace,
  timelines,
}

/** What is counted in the order in which requests were sent, which is that of the balancer's choices. */
const asTheyWereSent = {
  clients,
  presence: allAndNew(presence),
  connections: byMode(connections),
  choices: allAndNew(choices),
  jars,
  keys,
  byVersion,
}

type Statistics = typeof asTheyEnd & typeof asTheyWereSent
type Name = keyof Statistics
type States = { [Key in Name]: ReturnType<Statistics[Key]['create']> }

/**
 * What a run comes to: every count that the verdicts need, in memory that does not grow with the
 * number of requests.
 */
export type Tally = {
  /** The machine and process that measures: clocks and clients are told apart by it. */
  vantage: string
  /** Requests that have ended before others that were sent earlier. */
  sequence: Sequence
} & States

/** A tally as plain JSON. */
export interface TallyJson extends Record<Name, unknown> {
  vantage: string
}

/** More names than this are no replicas: something else was taken for their name. */
export const maxReplicas = 1000

type Table = { name: string; statistic: Statistic<unknown> }[]
const tableOf = (statistics: Record<string, Statistic<unknown>>): Table =>
  Object.entries(statistics).map(([name, statistic]) => ({ name, statistic }))
const endTable = tableOf(asTheyEnd)
const sentTable = tableOf(asTheyWereSent)
const table: Table = [...endTable, ...sentTable]

/** One state for each statistic of the table, by its name. */
function states(make: (statistic: Statistic<unknown>, name: string) => unknown): States {
  const entries = table.map(({ name, statistic }) => [name, make(statistic, name)] as const)
  // What makes the state of one statistic cannot be typed for all of them at once.
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- see above
  return Object.fromEntries(entries) as States
}

/** @param vantage names the machine and process that measures, differently for each probe. */
export function createTally(vantage: string): Tally {
  return { vantage, sequence: createSequence(), ...states((statistic) => statistic.create()) }
}

/**
 * Makes what counts requests in a tally. To be told them in the order in which they end: `done` never
 * goes back.
 */
export function createObserver(tally: Tally): (observation: Observation) => void {
  const { vantage, sequence } = tally
  const addAtEnd = addersOf(endTable, tally)
  const addAsSent = addersOf(sentTable, tally)
  const visit = (next: Observation) => {
    for (const add of addAsSent) add(next, vantage)
  }
  return (observed) => {
    const observation = withoutReused(tally, withKnownReplica(tally, observed))
    for (const add of addAtEnd) add(observation, vantage)
    inSendingOrder(sequence, observation, visit)
  }
}

/** Bound to their states once, not looked up by name for each request. */
function addersOf(some: Table, tally: Tally) {
  const all: Record<string, unknown> = tally
  return some.map(({ name, statistic }) => statistic.add.bind(statistic, all[name]))
}

/** What a cache gives again says nothing about a replica: not who was chosen, nor its clock. */
function withoutReused(tally: Tally, observation: Observation): Observation {
  if (!reuse.isReused(tally.reuse, observation)) return observation
  return {
    ...observation,
    replica: undefined,
    boot: undefined,
    n: undefined,
    draining: undefined,
    version: undefined,
    zone: undefined,
    timestamp: undefined,
    reused: observation.replica,
  }
}

/** Names beyond `maxReplicas` are dropped, so that they cannot fill the memory. */
function withKnownReplica(tally: Tally, observation: Observation): Observation {
  const { replica } = observation
  const { replicas } = tally.latency
  return replica === undefined || replicas.has(replica) || replicas.size < maxReplicas
    ? observation
    : { ...observation, replica: undefined }
}

/**
 * The tally of both runs together; neither input changes. Meant for runs that have ended: what is
 * still in flight, and windows that are still open, are left out.
 */
export function mergeTallies(a: Tally, b: Tally): Tally {
  const [ofA, ofB]: Record<string, unknown>[] = [a, b]
  return {
    vantage: a.vantage,
    sequence: createSequence(),
    ...states((one, name) => one.merge(ofA?.[name], ofB?.[name])),
  }
}

/** The tally of a run that has ended, without loss. What is still in flight is left out. */
export function tallyToJson(tally: Tally): TallyJson {
  const all: Record<string, unknown> = tally
  return { vantage: tally.vantage, ...states(({ schema }, name) => schema.write(all[name])) }
}

const reader = v.looseObject({ vantage: v.string() })

/** @throws {v.ValiError} if `json` is not what `tallyToJson` gave; the message says where. */
export function tallyFromJson(json: unknown): Tally {
  const { vantage, ...all } = v.parse(reader, json)
  return {
    vantage,
    sequence: createSequence(),
    ...states(({ schema }, name) => v.parse(schema.read, all[name])),
  }
}
