import * as answers from '../balance/answers.ts'
import { sameKeyByChance } from '../statistics/maps.ts'
import type { Tally } from '../tally.ts'
import * as connections from './connections.ts'

export interface PinningVerdict {
  verdict: 'pinned' | 'not-pinned' | 'cannot-tell'
  /** Answers on a connection that had one before, and how many of them by the same replica. */
  further: number
  sameReplica: number
  /** How often two independent answers come from the same replica: the sum of squared shares. */
  expected: number
  /** How many more further requests it would take (absent: that is not known). */
  more?: number | undefined
  /** Replicas that fresh connections, or else requests, reached. */
  replicas: number
  /** Connections by whom their first answer came from. */
  fresh: { replica: string; connections: number }[]
}

/** What is known of answers and connections. */
export type PinningEvidence = Pick<Tally, 'answers' | 'connections'>

/** A replica that goes away moves its connections once; more often than this is not pinned. */
const minSame = 0.998
const alpha = 1e-6

/** Whether new connections reached every replica that was reached at all. */
export function newReachAll({ answers: { reuse, new: fresh } }: PinningEvidence): boolean {
  return answers.merge(reuse, fresh).replicas.size === fresh.replicas.size
}

/** Whether a connection keeps its replica. */
export function judgePinning(tally: PinningEvidence): PinningVerdict {
  const counted = connections.merge(tally.connections.reuse, tally.connections.new)
  const { further, sameReplica, fresh } = counted
  const all = answers.merge(tally.answers.reuse, tally.answers.new).replicas
  // The shares are best known from fresh connections, unless these are in step with kept ones.
  const shares = newReachAll(tally) ? tally.answers.new.replicas : all
  const expected = sameKeyByChance(shares)
  const same = sameReplica / further
  const telling = connections.telling(counted, shares.size)
  const verdict =
    further === 0 || shares.size < 2
      ? 'cannot-tell'
      : same < minSame
        ? 'not-pinned'
        : expected ** telling < alpha
          ? 'pinned'
          : 'cannot-tell'
  return {
    verdict,
    further,
    sameReplica,
    expected,
    more: verdict === 'cannot-tell' ? moreToTell(expected, telling, further) : undefined,
    replicas: shares.size,
    fresh: [...fresh]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([replica, count]) => ({ replica, connections: count })),
  }
}

/** As long as requests tell as often as they did so far. */
function moreToTell(expected: number, telling: number, further: number): number | undefined {
  const enough = Math.ceil(Math.log(alpha) / Math.log(expected))
  if (telling === 0 || enough <= telling) return undefined
  return Math.ceil((enough - telling) / (telling / further))
}
