import type { OrderVerdict } from '../order/order.ts'
import type { Turns } from '../order/turns.ts'
import { amount } from './words.ts'

export function tellOrder({ verdict, by, turns, weights, machines, only }: OrderVerdict): string {
  switch (verdict) {
    case 'one-replica':
      return `Every answer came from ${only}: there is no other, or the balancer keeps a client with one replica. Merge with a probe from another machine to tell.`
    case 'sticky':
      if (by === 'cookie') return `Sticky: a client keeps its replica by a cookie.`
      return by === 'client'
        ? `Each of ${amount(machines, 'machine')} always reached one and the same replica, but not all the same one: the balancer keeps a client with its replica.`
        : pinned(turns)
    case 'uneven':
      return 'Uneven, and not by weights: who gets a request goes by how busy the replicas are, or by an order that has no name here.'
    case 'weighted': {
      const list = (weights ?? []).map(({ replica, weight }) => `${replica} ${weight.toFixed(1)}`)
      return `Weighted: shares are as ${list.join(' : ')}, ${how[turns.turns]}.`
    }
    case 'round-robin':
    case 'least-connections':
    case 'random':
    case 'cannot-tell':
      return unpinned(turns)
  }
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
