import { judge as judgeClients } from '../affinity/clients.ts'
import { judgePinning } from '../affinity/pinning.ts'
import type { PinningVerdict } from '../affinity/pinning.ts'
import { judgeAffinity } from '../affinity/affinity.ts'
import { judge as judgeJars } from '../affinity/jars.ts'
import { judge as judgeKeys } from '../affinity/keys.ts'
import { judgeEvenness } from '../balance/balance.ts'
import { sumOf } from '../statistics/maps.ts'
import type { Tally } from '../tally.ts'
import { judgeSlow } from '../times/slow.ts'
import { judgeTurns } from './turns.ts'
import type { Turns } from './turns.ts'
import { judgeUneven } from './uneven.ts'

export interface OrderVerdict {
  verdict:
    | 'round-robin'
    | 'least-connections'
    | 'random'
    | 'weighted'
    /** Some get more than others, and not by weights alone. */
    | 'uneven'
    | 'sticky'
    | 'one-replica'
    | 'cannot-tell'
  /** What sticks to a replica, where the verdict is `sticky`. */
  by?: 'cookie' | 'URL' | 'connection' | 'client' | undefined
  /** Each request had something that no other one had: a hash of it looks like chance. */
  own: boolean
  /** How turns are taken, with its evidence: among fresh connections where connections stick. */
  turns: Turns
  /** Shares as multiples of the smallest, where the verdict is `weighted`. */
  weights?: { replica: string; weight: number }[] | undefined
  /** Machines that measured. */
  machines: number
  /** Who answers, where it is one, and over how many connections and to how many cookie jars. */
  only?: { replica: string; connections: number; jars: number } | undefined
  /** How many more requests it would take, where it cannot be told (absent: that is not known). */
  more?: number | undefined
}

/** Requests until it can be told, by what stands in the way now. @param balance until shares are known */
function moreToTell(
  pinning: PinningVerdict,
  turns: Turns,
  balance: number | undefined,
): number | undefined {
  // What it deals out, requests or connections, comes first.
  if (pinning.verdict === 'cannot-tell' && pinning.sameReplica === pinning.further) {
    return pinning.further > 0 ? pinning.more : undefined
  }
  if (turns.turns !== 'cannot-tell') return balance
  return turns.more === undefined ? undefined : Math.max(turns.more, balance ?? 0)
}

/** In which order the balancer chooses. */
export function judgeOrder(tally: Tally): OrderVerdict {
  const order = judgeOrderOf(tally)
  // A weak hash of consecutive numbers takes turns, too, as that of haproxy does.
  const maybeHashed = order.own && ['round-robin', 'least-connections'].includes(order.verdict)
  return maybeHashed ? { ...order, verdict: 'cannot-tell' } : order
}

function judgeOrderOf(tally: Tally): OrderVerdict {
  const { machines, stick } = judgeClients(tally.clients)
  const { own } = judgeKeys(tally.keys)
  const turns = judgeTurns(tally)
  const found = (verdict: OrderVerdict['verdict'], more: Partial<OrderVerdict> = {}) => ({
    verdict,
    turns,
    machines,
    own,
    ...more,
  })
  const [only, another] = new Set(
    [...tally.clients.values()].flatMap(({ answers }) => [...answers.keys()]),
  )
  const pinning = judgePinning(tally)
  const { verdict, replicas, more } = judgeEvenness(tally)
  const untold = () => found('cannot-tell', { more: moreToTell(pinning, turns, more) })
  if (only === undefined) return found('cannot-tell')
  if (another === undefined) {
    const { reuse, new: opened } = tally.connections
    const connections = sumOf(reuse.fresh) + sumOf(opened.fresh)
    const { jars } = judgeJars(tally.jars)
    return found('one-replica', { only: { replica: only, connections, jars } })
  }
  if (stick && machines > 1) return found('sticky', { by: 'client' })
  const { verdict: bound } = judgeAffinity(tally)
  if (bound === 'cookie') return found('sticky', { by: 'cookie' })
  if (bound === 'url') return found('sticky', { by: 'URL' })
  const { verdict: pinned, further, sameReplica } = pinning
  // One replica after the other, over one connection: what made it change cannot be seen.
  if (stick && (pinned !== 'pinned' || sameReplica < further)) return found('cannot-tell')
  if (pinned === 'pinned') return found('sticky', { by: 'connection' })
  if (turns.turns === 'least-connections') return found('least-connections')
  if (verdict === 'cannot-tell') return untold()
  if (verdict === 'even') {
    if (turns.turns !== 'cannot-tell') return found(turns.turns)
    if (turns.byLoad) return found('least-connections')
    return turns.split ? found('random') : untold()
  }
  const unlike = judgeUneven(turns, judgeSlow(tally), replicas)
  if (unlike !== 'weighted') return unlike === 'cannot-tell' ? untold() : found(unlike)
  const smallest = Math.min(...replicas.map(({ share }) => share))
  const weights = replicas.map(({ replica, share }) => ({ replica, weight: share / smallest }))
  return found('weighted', { weights })
}
