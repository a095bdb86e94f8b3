import type { Connections } from './connections.ts'
import { amount, grouped, percent } from './words.ts'

export interface PinningVerdict {
  verdict: 'pinned' | 'not-pinned' | 'cannot-tell'
  /** Answers on a connection that had one before, and how many of them by the same replica. */
  further: number
  sameReplica: number
  /** How often two independent answers come from the same replica: the sum of squared shares. */
  expected: number
  /** Connections by whom their first answer came from. */
  fresh: { replica: string; connections: number }[]
  sentence: string
}

/** A replica that goes away moves its connections once; more often than this is not pinned. */
const minSame = 0.998
const alpha = 1e-6

/** @param shares answers for each replica, best those over fresh connections */
export function judgePinning(
  connections: Connections,
  shares: ReadonlyMap<string, number>,
): PinningVerdict {
  const { further, sameReplica } = connections
  const total = [...shares.values()].reduce((sum, count) => sum + count, 0)
  const expected = [...shares.values()].reduce((sum, count) => sum + (count / total) ** 2, 0)
  const same = sameReplica / further
  const verdict =
    further === 0 || shares.size < 2
      ? 'cannot-tell'
      : same < minSame
        ? 'not-pinned'
        : expected ** further < alpha
          ? 'pinned'
          : 'cannot-tell'
  const fresh = [...connections.fresh]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([replica, count]) => ({ replica, connections: count }))
  return {
    verdict,
    further,
    sameReplica,
    expected,
    fresh,
    sentence: describe(verdict, connections, shares.size),
  }
}

function describe(
  verdict: PinningVerdict['verdict'],
  { further, sameReplica, fresh }: Connections,
  replicas: number,
): string {
  if (verdict === 'pinned') {
    return `Connections are pinned: ${grouped(sameReplica)} of ${amount(further, 'further request')} on a connection reached the same replica as before, while fresh connections reached ${amount(Math.max(fresh.size, replicas), 'replica')}. Connections are balanced here, not requests, as by a Kubernetes ClusterIP Service: a client that keeps its connection keeps its replica.`
  }
  if (verdict === 'not-pinned') {
    return `Connections are not pinned: ${percent(1 - sameReplica / further)} of ${amount(further, 'further request')} on a connection reached another replica than the one before. Requests are balanced here, not connections.`
  }
  if (further === 0) return 'No connection carried a second request, so pinning cannot be seen.'
  if (replicas < 2) {
    return 'Only one replica answered, so a pinned connection looks like any other.'
  }
  return `Only ${amount(further, 'further request')} on a connection: too few to tell whether connections are pinned.`
}
