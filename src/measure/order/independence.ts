import type { Connections } from '../affinity/connections.ts'
import type { Absence } from '../replicas/presence.ts'
import { sameKeyByChance, sumOf } from '../statistics/maps.ts'

/** Standard deviations: one wrong call in fifteen thousand. */
const maxDeviation = 4

/**
 * Whether the next answer on a connection comes from the same replica neither more nor less often
 * than from any other connection. In step with their clients, workers that take turns can vary
 * from window to window like chance, but not from request to request on a connection.
 */
export function independentOnConnections(connections: Connections, same: number): boolean {
  const { further, sameReplica } = connections
  const spread = Math.sqrt(further * same * (1 - same))
  return Math.abs(sameReplica - further * same) <= maxDeviation * spread
}

/**
 * How often two answers that are drawn come from the same replica: while one is away, the others are
 * all there are to draw from.
 */
export function sameByChance(
  counts: ReadonlyMap<string, number>,
  absences: readonly Absence[],
): number {
  const total = sumOf(counts)
  const missed = new Map<string, number>()
  for (const { replica, others } of absences) {
    missed.set(replica, (missed.get(replica) ?? 0) + others)
  }
  const weights = new Map(
    [...counts].map(([replica, count]) => [replica, count / (total - (missed.get(replica) ?? 0))]),
  )
  const without = (away?: string) =>
    sameKeyByChance(new Map([...weights].filter(([replica]) => replica !== away)))
  const parts = [...missed].map(([replica, others]) => ({ replica, part: others / total }))
  const away = parts.reduce((sum, { part }) => sum + part, 0)
  // In a rollout everybody is away for a while, which comes to more than the run: by their parts.
  return parts.reduce(
    (sum, { replica, part }) => sum + (part / Math.max(1, away)) * without(replica),
    Math.max(0, 1 - away) * without(),
  )
}
