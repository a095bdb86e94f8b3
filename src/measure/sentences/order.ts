import type { OrderVerdict } from '../order/order.ts'
import type { Turns } from '../order/turns.ts'
import { amount, roughly } from './words.ts'

/** What a hash of something that each request has of its own looks like. */
const likeAHash: OrderVerdict['verdict'][] = ['random', 'weighted', 'uneven']

export function tellOrder(order: OrderVerdict): string {
  const told = tell(order)
  return order.own && likeAHash.includes(order.verdict)
    ? `${told} A hash of what {n} changes looks the same.`
    : told
}

function tell(order: OrderVerdict): string {
  const { verdict, by, turns, weights, machines } = order
  switch (verdict) {
    case 'one-replica':
      return tellOnly(order)
    case 'sticky':
      if (by === 'cookie') return 'A client keeps its replica by a cookie.'
      if (by === 'URL') return 'A URL keeps its replica: the balancer goes by a hash of it.'
      return by === 'client'
        ? `Each of ${amount(machines, 'machine')} always reached one and the same replica, but not all the same one.`
        : `A connection keeps its replica; ${dealing(turns)}.`
    case 'uneven':
      return 'Uneven, and not by weights: by how busy the replicas are, or in an order that has no name here.'
    case 'weighted': {
      const list = (weights ?? []).map(({ replica, weight }) => `${replica} ${weight.toFixed(1)}`)
      const order = turns.split
        ? 'a version at random for each request, its replicas in turn'
        : how[turns.turns]
      return `Weighted ${list.join(' : ')}, ${order}.`
    }
    case 'round-robin':
      return 'In turn (round robin).'
    case 'least-connections':
      return 'To the least busy (least connections).'
    case 'random':
      return turns.split
        ? 'A version at random for each request, its replicas in turn.'
        : 'At random.'
    case 'cannot-tell':
      return untold(order)
  }
}

/** So many connections are not dealt out to one of two replicas by chance. */
const manyConnections = 20

/** That there is another replica can never be ruled out; but what would show it can be said. */
function tellOnly({ only, machines }: OrderVerdict): string {
  const { replica = '', connections = 0, jars = 0 } = only ?? {}
  const from = `Every answer came from ${replica}`
  if (machines > 1) return `${from}, to each of ${amount(machines, 'machine')}.`
  if (connections < manyConnections) {
    const over = connections === 1 ? 'one connection' : amount(connections, 'connection')
    return `${from}${connections === 0 ? '' : `, over ${over}`}. There may be others: a balancer that deals out connections looks the same. --connections both shows it.`
  }
  return jars === 1
    ? `${from}, over ${amount(connections, 'connection')}, to one client with its cookies. If a cookie keeps it there, --cookies 20 shows the others.`
    : `${from}, over ${amount(connections, 'connection')}. If the balancer goes by the address of its client, another machine sees others.`
}

function dealing({ turns, more }: Turns): string {
  if (turns !== 'cannot-tell' || more === undefined) return `fresh ones are dealt out ${how[turns]}`
  return `in which order fresh ones are dealt out would take about ${roughly(more)} more new connections to tell (--connections both)`
}

const how: Record<Turns['turns'], string> = {
  'round-robin': 'in turn',
  random: 'at random',
  'least-connections': 'to the least busy',
  'cannot-tell': 'in no order that has a name here',
}

function untold({ turns, more, own }: OrderVerdict): string {
  if (own && turns.turns !== 'cannot-tell')
    return 'Cannot tell: in turn, or by a hash that deals the consecutive numbers of {n} out in turn. Without {n} it can be told.'
  if (more !== undefined)
    return `Cannot tell: too few answers; about ${roughly(more)} more may tell.`
  const few = turns.decisive === undefined
  return `Cannot tell: ${few ? 'too few answers' : 'neither in turn nor at random'}.`
}
