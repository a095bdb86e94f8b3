import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { add as sum, increment, mergeMaps } from '../statistics/maps.ts'
import { count, mapOf } from '../statistics/schemas.ts'

/** What happens to requests on one and the same connection. */
export interface Connections {
  /** Replica of the first answer on a connection: whom a fresh connection reaches. */
  fresh: Map<string, number>
  /** Answers on a connection that had one before, and those of them by the same replica. */
  further: number
  sameReplica: number
  /**
   * The same by stride: so many requests were sent from one request on a connection to the next on it.
   * Where that is a multiple of the replicas, taking turns reaches the same replica again.
   */
  strides: Map<string, Stride>
  /** Open connections, who answered on them last, and which request that was; oldest first. */
  last: Map<number, { replica: string; position: number }>
}

export interface Stride {
  further: number
  sameReplica: number
}

/** Longer strides, and more different ones, count as one. */
const maxStrides = 512
const otherStrides = 'other'

/** More connections than one client holds open at a time. */
const maxOpen = 65_536

export function create(): Connections {
  return {
    fresh: new Map(),
    further: 0,
    sameReplica: 0,
    strides: new Map(),
    last: new Map(),
  }
}

/** Adds the next request in the order of sending. */
export function add(connections: Connections, observation: Observation): void {
  const { mode, index: position, connection, replica } = observation
  if (connection === undefined || replica === undefined) return
  const before = connections.last.get(connection)
  if (before === undefined) {
    increment(connections.fresh, replica)
  } else {
    const same = before.replica === replica ? 1 : 0
    connections.further += 1
    connections.sameReplica += same
    const stride = strideOf(connections.strides, position - before.position)
    stride.further += 1
    stride.sameReplica += same
  }
  // A new connection for each request is never seen again: nothing to remember.
  if (mode === 'new') return
  connections.last.set(connection, { replica, position })
  if (connections.last.size <= maxOpen) return
  const [oldest] = connections.last.keys()
  if (oldest !== undefined) connections.last.delete(oldest)
}

function strideOf(strides: Map<string, Stride>, length: number): Stride {
  const known = strides.get(`${length}`)
  if (known) return known
  const name = strides.size < maxStrides ? `${length}` : otherStrides
  const stride = strides.get(name) ?? { further: 0, sameReplica: 0 }
  strides.set(name, stride)
  return stride
}

export function merge(a: Connections, b: Connections): Connections {
  return {
    fresh: mergeMaps(a.fresh, b.fresh, sum),
    further: a.further + b.further,
    sameReplica: a.sameReplica + b.sameReplica,
    strides: mergeMaps(a.strides, b.strides, (x, y) => ({
      further: x.further + y.further,
      sameReplica: x.sameReplica + y.sameReplica,
    })),
    last: new Map(),
  }
}

export const schema: Schema<Connections> = {
  write: ({ fresh, further, sameReplica, strides }) => ({
    fresh: [...fresh],
    further,
    sameReplica,
    strides: [...strides],
  }),
  read: v.pipe(
    v.object({
      fresh: mapOf(count),
      further: count,
      sameReplica: count,
      strides: mapOf(v.object({ further: count, sameReplica: count })),
    }),
    v.transform((connections) => ({ ...connections, last: create().last })),
  ),
}

/** The counts are what `affinity/pinning.ts` judges. */
export function judge(connections: Connections): Connections {
  return connections
}

/**
 * Further requests on a connection that say whether it is pinned: those at a stride at which a balancer
 * that takes turns would not come back to the same replica anyway. With weights, the length of a turn
 * is not known; so where nearly all requests are at one stride, that may be it.
 */
export function telling({ strides }: Connections, replicas: number): number {
  const [common] = [...strides].sort(([, a], [, b]) => b.further - a.further)
  // No turn in which everybody is asked is shorter than their number.
  const turn = common && Number(common[0]) >= replicas ? Number(common[0]) : replicas
  let further = 0
  for (const [name, stride] of strides) {
    const length = Number(name)
    if (length % replicas !== 0 && length % turn !== 0) further += stride.further
  }
  return further
}
