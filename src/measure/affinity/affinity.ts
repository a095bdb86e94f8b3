import { merge as mergeAnswers } from '../balance/answers.ts'
import { sumOf } from '../statistics/maps.ts'
import type { Tally } from '../tally.ts'
import { judge as judgeClients } from './clients.ts'
import { judge as judgeJars } from './jars.ts'
import { judgePinning } from './pinning.ts'

export interface AffinityVerdict {
  /** What binds a client to its replica. */
  verdict: 'cookie' | 'connection' | 'address' | 'none' | 'cannot-tell'
  /** Clients with a cookie jar of their own. */
  jars: number
  /** Answers to a jar over another connection than before, and those by the same replica. */
  further: number
  sameReplica: number
  /** Jars that went over to another replica, and those of them that did so more than once. */
  moved: number
  movedAgain: number
}

/** By chance it would be this rare. */
const alpha = 1e-6
/** A jar whose replica leaves moves; one that keeps its replica otherwise does not more often. */
const minSame = 0.9

/** Whether cookie, connection or address binds. */
export function judgeAffinity(tally: Tally): AffinityVerdict {
  const { first, ...counts } = judgeJars(tally.jars)
  const { jars, further, sameReplica, moved, movedAgain } = counts
  const found = (verdict: AffinityVerdict['verdict']) => ({
    verdict,
    jars,
    further,
    sameReplica,
    moved,
    movedAgain,
  })
  const { replicas } = mergeAnswers(tally.answers.reuse, tally.answers.new)
  if (judgeClients(tally.clients).stick) return found('address')
  if (replicas.size < 2) return found('cannot-tell')
  const all = sumOf(first)
  const expected = [...first.values()].reduce((sum, count) => sum + (count / all) ** 2, 0)
  const keeps = sameReplica >= minSame * further && expected ** sameReplica < alpha
  if (first.size > 1 && further > 0 && keeps) return found('cookie')
  const pinning = judgePinning(tally).verdict
  if (pinning === 'pinned') return found('connection')
  return found(pinning === 'not-pinned' ? 'none' : 'cannot-tell')
}
