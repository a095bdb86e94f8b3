import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { add as sum, increment, mergeMaps } from '../statistics/maps.ts'
import { count, mapOf } from '../statistics/schemas.ts'

/** What happens to requests on one and the same connection. */
export interface Connections {
  /** Replica of the first answer on a connection: whom a fresh connection reaches. */
  fresh: Map<string, number>
  /** Answers on a connection that had one before, and those of them by the same replica. */
  further: number
  sameReplica: number
  /** Open connections and who answered on them last, oldest first. */
  last: Map<number, string>
}

/** More connections than one client holds open at a time. */
const maxOpen = 65_536

export function create(): Connections {
  return { fresh: new Map(), further: 0, sameReplica: 0, last: new Map() }
}

export function add(connections: Connections, { mode, connection, replica }: Observation): void {
  if (connection === undefined || replica === undefined) return
  const before = connections.last.get(connection)
  if (before === undefined) {
    increment(connections.fresh, replica)
  } else {
    connections.further += 1
    if (before === replica) connections.sameReplica += 1
  }
  // A new connection for each request is never seen again: nothing to remember.
  if (mode === 'new') return
  connections.last.set(connection, replica)
  if (connections.last.size <= maxOpen) return
  const [oldest] = connections.last.keys()
  if (oldest !== undefined) connections.last.delete(oldest)
}

export function merge(a: Connections, b: Connections): Connections {
  return {
    fresh: mergeMaps(a.fresh, b.fresh, sum),
    further: a.further + b.further,
    sameReplica: a.sameReplica + b.sameReplica,
    last: new Map(),
  }
}

export const schema: Schema<Connections> = {
  write: ({ fresh, further, sameReplica }) => ({ fresh: [...fresh], further, sameReplica }),
  read: v.pipe(
    v.object({ fresh: mapOf(count), further: count, sameReplica: count }),
    v.transform((connections) => ({ ...connections, last: new Map<number, string>() })),
  ),
}

/** The counts are what `affinity/pinning.ts` judges. */
export function judge(connections: Connections): Connections {
  return connections
}
