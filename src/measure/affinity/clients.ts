import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { add as sum, increment, mergeMaps, sameKeyByChance } from '../statistics/maps.ts'
import { count, entriesOf, mapOf } from '../statistics/schemas.ts'
import { binomialUpperTail } from '../statistics/significance.ts'

/** For each machine that measured: who answered it, and whether that was who answered before. */
export type Clients = Map<string, Client>

export interface Client {
  answers: Map<string, number>
  further: number
  sameReplica: number
  last?: string | undefined
}

export interface ClientAffinity {
  /** Machines that measured. */
  machines: number
  /** Each keeps its replica, and there are several replicas. */
  stick: boolean
  /** Answers that had one before, and those by another replica than that one. */
  answers: number
  changes: number
}

/** A replica that leaves moves its clients once: that is rare, and so would this be by chance. */
const minSame = 0.98
const alpha = 1e-6

export function create(): Clients {
  return new Map()
}

function createClient(): Client {
  return { answers: new Map(), further: 0, sameReplica: 0, last: undefined }
}

/** Adds the next request in the order of sending. */
export function add(clients: Clients, { replica }: Observation, vantage: string): void {
  if (replica === undefined) return
  let client = clients.get(vantage)
  if (!client) {
    client = createClient()
    clients.set(vantage, client)
  }
  increment(client.answers, replica)
  if (client.last !== undefined) {
    client.further += 1
    if (client.last === replica) client.sameReplica += 1
  }
  client.last = replica
}

export function merge(a: Clients, b: Clients): Clients {
  return mergeMaps(a, b, (x, y) => ({
    answers: mergeMaps(x.answers, y.answers, sum),
    further: x.further + y.further,
    sameReplica: x.sameReplica + y.sameReplica,
  }))
}

export const schema: Schema<Clients> = {
  write: (clients) =>
    entriesOf(clients, ({ answers, further, sameReplica }) => ({
      answers: [...answers],
      further,
      sameReplica,
    })),
  read: mapOf(v.object({ answers: mapOf(count), further: count, sameReplica: count })),
}

export function judge(clients: Clients): ClientAffinity {
  const all = [...clients.values()]
  const answers = all.reduce((total, { further }) => total + further, 0)
  const same = all.reduce((total, { sameReplica }) => total + sameReplica, 0)
  return { machines: clients.size, stick: stick(all), answers, changes: answers - same }
}

function stick(clients: Client[]): boolean {
  const answers = clients
    .map((client) => client.answers)
    .reduce((a, b) => mergeMaps(a, b, sum), new Map<string, number>())
  const further = clients.reduce((total, client) => total + client.further, 0)
  if (answers.size < 2) return false
  if (clients.some((client) => client.sameReplica < client.further * minSame)) return false
  const expected = sameKeyByChance(answers, further + clients.length)
  // Of one machine that went over from one replica to another, as little can be said as of those.
  const same = clients.reduce((total, client) => total + client.sameReplica, 0)
  return binomialUpperTail(same, further, expected) < alpha
}
