import type { BalanceVerdict } from './balance.ts'
import type { PinningVerdict } from './pinning.ts'
import type { Turns } from './turns.ts'
import { amount } from './words.ts'

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
  sentence: string
}

/** Answers for each replica, for each machine that measured. */
export type Clients = Map<string, Map<string, number>>

const alpha = 1e-6

export function judgeOrder(
  clients: Clients,
  pinning: PinningVerdict,
  balance: BalanceVerdict,
  turns: Turns,
): OrderVerdict {
  const [only, another] = new Set([...clients.values()].flatMap((counts) => [...counts.keys()]))
  if (only === undefined) {
    return { verdict: 'cannot-tell', turns, sentence: 'No answer names a replica.' }
  }
  if (another === undefined) {
    const sentence = `Every answer came from ${only}: there is no other, or the balancer keeps a client with one replica. Merge with a probe from another machine to tell.`
    return { verdict: 'one-replica', turns, sentence }
  }
  if (clientsStick(clients)) {
    const sentence = `Each of ${amount(clients.size, 'machine')} always reached one and the same replica, but not all the same one: the balancer keeps a client with its replica.`
    return { verdict: 'sticky', by: 'client', turns, sentence }
  }
  if (pinning.verdict === 'pinned') {
    return { verdict: 'sticky', by: 'connection', turns, sentence: pinned(turns) }
  }
  if (balance.verdict === 'uneven' && turns.turns !== 'least-connections') {
    const smallest = Math.min(...balance.replicas.map(({ share }) => share))
    const weights = balance.replicas.map(({ replica, share }) => ({
      replica,
      weight: share / smallest,
    }))
    const list = weights.map(({ replica, weight }) => `${replica} ${weight.toFixed(1)}`)
    const sentence = `Weighted: shares are as ${list.join(' : ')}, ${how[turns.turns]}.`
    return { verdict: 'weighted', turns, weights, sentence }
  }
  return { verdict: turns.turns, turns, sentence: unpinned(turns) }
}

/** Each machine has one replica, and machines differ; by chance that would be a rare thing. */
function clientsStick(clients: Clients): boolean {
  const totals = new Map<string, number>()
  for (const counts of clients.values()) {
    const [[replica, count] = ['', 0], another] = counts
    if (another) return false
    totals.set(replica, (totals.get(replica) ?? 0) + count)
  }
  const all = [...totals.values()].reduce((sum, count) => sum + count, 0)
  const expected = [...totals.values()].reduce((sum, count) => sum + (count / all) ** 2, 0)
  return totals.size > 1 && expected ** (all - clients.size) < alpha
}

const how: Record<Turns['turns'], string> = {
  'round-robin': 'dealt out in turn',
  random: 'drawn at random',
  'least-connections': 'to whoever has the fewest requests in flight',
  'cannot-tell': 'in an order that has no name here',
}

function pinned(turns: Turns): string {
  const scope = 'Sticky: a connection keeps its replica'
  return turns.turns === 'cannot-tell'
    ? `${scope}.`
    : `${scope}; fresh ones are ${how[turns.turns]}.`
}

function unpinned({ turns, decisive, preferenceContested, preferenceUnequal }: Turns): string {
  if (!decisive) return 'Too few answers to tell in which order replicas take turns.'
  const vary = `in stretches of ${amount(decisive.window, 'answer')}, counts vary`
  const ratio = `${decisive.ratio.toFixed(2)} times as much as by chance`
  switch (turns) {
    case 'round-robin':
      return `Round robin: ${vary} only ${ratio}. (Least connections looks the same while requests take equally long or come one at a time.)`
    case 'least-connections':
      return `Least connections: requests went to one of the least busy replicas ${(Math.max(preferenceContested, preferenceUnequal) * 100).toFixed(0)} % of the way from chance to always.`
    case 'random':
      return `Random: ${vary} ${ratio}.`
    case 'cannot-tell':
      return `No order that has a name here: ${vary} ${ratio}.`
  }
}
