import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { add as sum, increment, mergeMaps, sumOf } from '../statistics/maps.ts'
import { count, entriesOf, mapOf } from '../statistics/schemas.ts'

/** Answers by each replica, for each machine that measured. */
export type Clients = Map<string, Map<string, number>>

export interface ClientAffinity {
  /** Machines that measured. */
  machines: number
  /** Each has one replica, and not all the same one. */
  stick: boolean
}

/** By chance it would be this rare. */
const alpha = 1e-6

export function create(): Clients {
  return new Map()
}

export function add(clients: Clients, { replica }: Observation, vantage: string): void {
  if (replica === undefined) return
  let counts = clients.get(vantage)
  if (!counts) {
    counts = new Map<string, number>()
    clients.set(vantage, counts)
  }
  increment(counts, replica)
}

export function merge(a: Clients, b: Clients): Clients {
  return mergeMaps(a, b, (x, y) => mergeMaps(x, y, sum))
}

export const schema: Schema<Clients> = {
  write: (clients) => entriesOf(clients, (counts) => [...counts]),
  read: mapOf(mapOf(count)),
}

export function judge(clients: Clients): ClientAffinity {
  return { machines: clients.size, stick: stick(clients) }
}

function stick(clients: Clients): boolean {
  const totals = new Map<string, number>()
  for (const counts of clients.values()) {
    const [[replica, answers] = ['', 0], another] = counts
    if (another) return false
    totals.set(replica, (totals.get(replica) ?? 0) + answers)
  }
  const all = sumOf(totals)
  const expected = [...totals.values()].reduce((total, answers) => total + (answers / all) ** 2, 0)
  return totals.size > 1 && expected ** (all - clients.size) < alpha
}
