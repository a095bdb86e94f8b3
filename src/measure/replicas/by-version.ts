import * as v from 'valibot'
import * as clients from '../affinity/clients.ts'
import type { Clients } from '../affinity/clients.ts'
import * as connections from '../affinity/connections.ts'
import type { Connections } from '../affinity/connections.ts'
import * as jars from '../affinity/jars.ts'
import type { Jars } from '../affinity/jars.ts'
import * as keys from '../affinity/keys.ts'
import type { Keys } from '../affinity/keys.ts'
import { allAndNew } from '../all-and-new.ts'
import type { AllAndNew } from '../all-and-new.ts'
import * as answers from '../balance/answers.ts'
import type { Answers } from '../balance/answers.ts'
import { byMode } from '../by-mode.ts'
import type { Observation } from '../observation.ts'
import {
  addToDispersion,
  createDispersion,
  dispersionSchema,
  mergeDispersion,
} from '../order/dispersion.ts'
import type { Dispersion } from '../order/dispersion.ts'
import type { ByMode, Schema, Statistic } from '../statistic.ts'
import * as presence from './presence.ts'
import type { Presence } from './presence.ts'
import { maxVersions } from './versions.ts'

/**
 * What a balancer does with versions: what is counted for replicas, with the version in the place of
 * the replica. It is counted apart, because a version may be chosen for a whole connection, and the
 * replica of that version for each request; or at random, and the replica in turn.
 */
export interface ByVersion {
  answers: ByMode<Answers>
  clients: Clients
  connections: ByMode<Connections>
  presence: AllAndNew<Presence>
  dispersion: AllAndNew<Dispersion>
  jars: Jars
  keys: Keys
}

const answersByMode = byMode(answers)
const connectionsByMode = byMode(connections)
const presenceOfBoth = allAndNew(presence)
const dispersionOfBoth = allAndNew<Dispersion, Dispersion>({
  create: createDispersion,
  add(dispersion, { replica }) {
    if (replica !== undefined) addToDispersion(dispersion, replica)
  },
  merge: mergeDispersion,
  schema: dispersionSchema,
  judge: (dispersion) => dispersion,
} satisfies Statistic<Dispersion, Dispersion>)

export function create(): ByVersion {
  return {
    answers: answersByMode.create(),
    clients: clients.create(),
    connections: connectionsByMode.create(),
    presence: presenceOfBoth.create(),
    dispersion: dispersionOfBoth.create(),
    jars: jars.create(),
    keys: keys.create(),
  }
}

/** Adds the next request in the order of sending. */
export function add(state: ByVersion, observation: Observation, vantage: string): void {
  const { mode, index, due, sent, done, connection, jar, key, outcome, replica, version } =
    observation
  if (replica === undefined) return
  const { replicas: known } = state.presence.all
  if (version === undefined || !(known.has(version) || known.size < maxVersions)) {
    state.answers[mode].unattributed += 1
    return
  }
  // Only what is counted here, as this runs for each request.
  const ofVersion = {
    mode,
    index,
    due,
    sent,
    done,
    connection,
    jar,
    key,
    outcome,
    replica: version,
  }
  answersByMode.add(state.answers, ofVersion, vantage)
  clients.add(state.clients, ofVersion, vantage)
  connectionsByMode.add(state.connections, ofVersion, vantage)
  presenceOfBoth.add(state.presence, ofVersion, vantage)
  dispersionOfBoth.add(state.dispersion, ofVersion, vantage)
  jars.add(state.jars, ofVersion)
  keys.add(state.keys, ofVersion)
}

export function merge(a: ByVersion, b: ByVersion): ByVersion {
  return {
    answers: answersByMode.merge(a.answers, b.answers),
    clients: clients.merge(a.clients, b.clients),
    connections: connectionsByMode.merge(a.connections, b.connections),
    presence: presenceOfBoth.merge(a.presence, b.presence),
    dispersion: dispersionOfBoth.merge(a.dispersion, b.dispersion),
    jars: jars.merge(a.jars, b.jars),
    keys: keys.merge(a.keys, b.keys),
  }
}

export const schema: Schema<ByVersion> = {
  write: (state) => ({
    answers: answersByMode.schema.write(state.answers),
    clients: clients.schema.write(state.clients),
    connections: connectionsByMode.schema.write(state.connections),
    presence: presenceOfBoth.schema.write(state.presence),
    dispersion: dispersionOfBoth.schema.write(state.dispersion),
    jars: jars.schema.write(state.jars),
    keys: keys.schema.write(state.keys),
  }),
  read: v.object({
    answers: answersByMode.schema.read,
    clients: clients.schema.read,
    connections: connectionsByMode.schema.read,
    presence: presenceOfBoth.schema.read,
    dispersion: dispersionOfBoth.schema.read,
    jars: jars.schema.read,
    keys: keys.schema.read,
  }),
}

/** The counts are what `balance/weights.ts` judges. */
export function judge(state: ByVersion): ByVersion {
  return state
}
