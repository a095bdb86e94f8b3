import type { OrderVerdict } from '../order/order.ts'
import type { Turns } from '../order/turns.ts'
import { amount } from './words.ts'

export function tellOrder(order: OrderVerdict): string {
  const { verdict, by, turns, weights, machines, only } = order
  switch (verdict) {
    case 'one-replica':
      return `Every answer came from ${only}. There may be others: a balancer that deals out connections, or keeps a client with its replica, looks the same. Ask again with --connections new or --cookies, or from another machine.`
    case 'sticky':
      if (by === 'cookie') return 'A client keeps its replica by a cookie.'
      return by === 'client'
        ? `Each of ${amount(machines, 'machine')} always reached one and the same replica, but not all the same one.`
        : `A connection keeps its replica; fresh ones are dealt out ${how[turns.turns]}.`
    case 'uneven':
      return 'Uneven, and not by weights: by how busy the replicas are, or in an order that has no name here.'
    case 'weighted': {
      const list = (weights ?? []).map(({ replica, weight }) => `${replica} ${weight.toFixed(1)}`)
      return `Weighted ${list.join(' : ')}, ${how[turns.turns]}.`
    }
    case 'round-robin':
      return 'In turn (round robin).'
    case 'least-connections':
      return 'To the least busy (least connections).'
    case 'random':
      return 'At random.'
    case 'cannot-tell':
      return untold(order)
  }
}

const how: Record<Turns['turns'], string> = {
  'round-robin': 'in turn',
  random: 'at random',
  'least-connections': 'to the least busy',
  'cannot-tell': 'in no order that has a name here',
}

function untold({ turns, more = turns.more }: OrderVerdict): string {
  const few = turns.decisive === undefined ? 'too few answers' : 'neither in turn nor at random'
  return more === undefined
    ? `Cannot tell: ${few}.`
    : `Cannot tell: ${few}; about ${amount(more, 'more request')} may tell.`
}
