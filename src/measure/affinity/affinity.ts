import { merge as mergeAnswers } from '../balance/answers.ts'
import type { Tally } from '../tally.ts'
import { judge as judgeClients } from './clients.ts'
import { cookieBinds, judge as judgeJars } from './jars.ts'
import { judgePinning } from './pinning.ts'
import { urlBinds } from './urls.ts'

export interface AffinityVerdict {
  /** What binds a client to its replica. */
  verdict: 'cookie' | 'url' | 'connection' | 'address' | 'none' | 'cannot-tell'
  /** Clients with a cookie jar of their own. */
  jars: number
  /** Answers to a jar that had one before, and those by the same replica. */
  further: number
  sameReplica: number
  /** Jars that went over to another replica, and those of them that did so more than once. */
  moved: number
  movedAgain: number
  /** How many more further requests on a connection it would take, where that is what is missing. */
  more?: number | undefined
}

/** Whether cookie, connection or address binds. */
export function judgeAffinity(tally: Tally): AffinityVerdict {
  const { jars, further, sameReplica, moved, movedAgain } = judgeJars(tally.jars)
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
  const { verdict: pinning, more } = judgePinning(tally)
  if (cookieBinds(tally.jars, pinning === 'pinned')) return found('cookie')
  if (urlBinds(tally)) return found('url')
  if (pinning === 'pinned') return found('connection')
  return pinning === 'not-pinned' ? found('none') : { ...found('cannot-tell'), more }
}
