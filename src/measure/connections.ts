import type { Observation } from './observation.ts'

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

export function createConnections(): Connections {
  return { fresh: new Map(), further: 0, sameReplica: 0, last: new Map() }
}

export function addToConnections(
  connections: Connections,
  { mode, connection }: Observation,
  replica: string,
): void {
  if (connection === undefined) return
  const before = connections.last.get(connection)
  if (before === undefined) {
    connections.fresh.set(replica, (connections.fresh.get(replica) ?? 0) + 1)
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

/** Both together, without the open connections. */
export function mergeConnections(a: Connections, b: Connections): Connections {
  const fresh = new Map(a.fresh)
  for (const [replica, count] of b.fresh) fresh.set(replica, (fresh.get(replica) ?? 0) + count)
  return {
    fresh,
    further: a.further + b.further,
    sameReplica: a.sameReplica + b.sameReplica,
    last: new Map(),
  }
}
