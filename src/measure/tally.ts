import * as v from 'valibot'
import * as clients from './affinity/clients.ts'
import * as connections from './affinity/connections.ts'
import { byMode } from './by-mode.ts'
import * as failures from './failures/failures.ts'
import type { Observation } from './observation.ts'
import * as choices from './order/choices.ts'
import * as clocks from './replicas/clocks.ts'
import * as lives from './replicas/lives.ts'
import * as presence from './replicas/presence.ts'
import * as versions from './replicas/versions.ts'
import type { Statistic } from './statistic.ts'
import * as latency from './times/latency.ts'
import * as timelines from './times/timelines.ts'

/** Everything that is counted. A new statistic is one module and one line here. */
const statistics = {
  failures,
  clients,
  presence: byMode(presence),
  connections: byMode(connections),
  choices: byMode(choices),
  clocks,
  lives,
  versions,
  latency,
  timelines,
}

type Statistics = typeof statistics
type Name = keyof Statistics
type States = { [Key in Name]: ReturnType<Statistics[Key]['create']> }

/**
 * What a run comes to: every count that the verdicts need, in memory that does not grow with the
 * number of requests.
 */
export type Tally = {
  /** The machine and process that measures: clocks and clients are told apart by it. */
  vantage: string
} & States

/** A tally as plain JSON. */
export interface TallyJson extends Record<Name, unknown> {
  vantage: string
}

/** More names than this are no replicas: something else was taken for their name. */
export const maxReplicas = 1000

const table: [string, Statistic<unknown>][] = Object.entries(statistics)

/** One state for each statistic of the table, by its name. */
function states(make: (statistic: Statistic<unknown>, name: string) => unknown): States {
  const entries = table.map(([name, statistic]) => [name, make(statistic, name)] as const)
  // What makes the state of one statistic cannot be typed for all of them at once.
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- see above
  return Object.fromEntries(entries) as States
}

/** @param vantage names the machine and process that measures, differently for each probe. */
export function createTally(vantage: string): Tally {
  return { vantage, ...states((statistic) => statistic.create()) }
}

/** Counts one request. To be called in the order in which requests end: `done` never goes back. */
export function observe(tally: Tally, observed: Observation): void {
  const observation = withKnownReplica(tally, observed)
  const all: Record<string, unknown> = tally
  for (const [name, statistic] of table) statistic.add(all[name], observation, tally.vantage)
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
  return { vantage: a.vantage, ...states((one, name) => one.merge(ofA?.[name], ofB?.[name])) }
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
  return { vantage, ...states(({ schema }, name) => v.parse(schema.read, all[name])) }
}
