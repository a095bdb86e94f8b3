import { judge as judgeClients } from '../affinity/clients.ts'
import { judgePinning } from '../affinity/pinning.ts'
import { judgeBalance } from '../balance/balance.ts'
import type { Tally } from '../tally.ts'
import { judgeTurns } from './turns.ts'
import type { Turns } from './turns.ts'

export interface OrderVerdict {
  verdict:
    | 'round-robin'
    | 'least-connections'
    | 'random'
    | 'weighted'
    | 'sticky'
    | 'one-replica'
    | 'cannot-tell'
  /** What sticks to a replica, where the verdict is `sticky`. */
  by?: 'connection' | 'client' | undefined
  /** How turns are taken, with its evidence: among fresh connections where connections stick. */
  turns: Turns
  /** Shares as multiples of the smallest, where the verdict is `weighted`. */
  weights?: { replica: string; weight: number }[] | undefined
  /** Machines that measured. */
  machines: number
  /** Who answers, where it is one. */
  only?: string | undefined
}

/** In which order the balancer chooses. */
export function judgeOrder(tally: Tally): OrderVerdict {
  const { machines, stick } = judgeClients(tally.clients)
  const turns = judgeTurns(tally)
  const found = (verdict: OrderVerdict['verdict'], more: Partial<OrderVerdict> = {}) => ({
    verdict,
    turns,
    machines,
    ...more,
  })
  const [only, another] = new Set(
    [...tally.clients.values()].flatMap((counts) => [...counts.keys()]),
  )
  if (only === undefined) return found('cannot-tell')
  if (another === undefined) return found('one-replica', { only })
  if (stick) return found('sticky', { by: 'client' })
  if (judgePinning(tally).verdict === 'pinned') return found('sticky', { by: 'connection' })
  const balance = judgeBalance(tally)
  if (balance.verdict === 'uneven' && turns.turns !== 'least-connections') {
    const smallest = Math.min(...balance.replicas.map(({ share }) => share))
    const weights = balance.replicas.map(({ replica, share }) => ({
      replica,
      weight: share / smallest,
    }))
    return found('weighted', { weights })
  }
  return found(turns.turns)
}
