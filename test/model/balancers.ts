import type { Draw } from './draw.ts'

/** What a proxy knows of a request when it chooses a replica for it. */
export interface Asked {
  /** The process of the proxy that it came to. */
  worker: number
  connection: number
  /** Which client's cookies it carries. */
  jar: number | undefined
  /** What a hash of path or field is made over: the same for all requests, or not. */
  key: number
  /** The client's address. */
  address: number
}

/**
 * Chooses one of the replicas that are up (at least one).
 * @param inFlight requests of this worker at each replica
 */
export type Choose = (asked: Asked, up: readonly number[], inFlight: readonly number[]) => number

const at = (up: readonly number[], place: number) => up[place % up.length] ?? 0

/** For each worker something of its own. */
function perWorker<State>(create: () => State): (worker: number) => State {
  const states = new Map<number, State>()
  return (worker) => {
    const known = states.get(worker)
    if (known !== undefined) return known
    const state = create()
    states.set(worker, state)
    return state
  }
}

/** Each worker takes turns for itself; nginx begins with the first replica, others anywhere. */
export function roundRobin(draw: Draw): Choose {
  const anywhere = draw.chance(0.5)
  const turns = perWorker(() => ({ next: anywhere ? draw.below(1000) : 0 }))
  return ({ worker }, up) => at(up, turns(worker).next++)
}

/** nginx's and LVS's smooth weighted round robin: 3:1 gives A A B A, not A A A B. */
export function smoothWeighted(weights: readonly number[]): Choose {
  const currents = perWorker(() => weights.map(() => 0))
  return ({ worker }, up) => {
    const current = currents(worker)
    let total = 0
    let best = up[0] ?? 0
    for (const replica of up) {
      const weight = weights[replica] ?? 1
      total += weight
      current[replica] = (current[replica] ?? 0) + weight
      if ((current[replica] ?? 0) > (current[best] ?? 0)) best = replica
    }
    current[best] = (current[best] ?? 0) - total
    return best
  }
}

export function random(draw: Draw): Choose {
  return (_asked, up) => at(up, draw.below(up.length))
}

export function weightedRandom(draw: Draw, weights: readonly number[]): Choose {
  return (_asked, up) => {
    const total = up.reduce((sum, replica) => sum + (weights[replica] ?? 1), 0)
    let left = draw.unit() * total
    return up.find((replica) => (left -= weights[replica] ?? 1) < 0) ?? at(up, 0)
  }
}

/** The fewest requests in flight; among equals in turn (nginx, haproxy) or at random (Envoy). */
export function leastConnections(draw: Draw, ties: 'turn' | 'random'): Choose {
  const turns = perWorker(() => ({ next: 0 }))
  return ({ worker }, up, inFlight) => {
    const fewest = Math.min(...up.map((replica) => inFlight[replica] ?? 0))
    const least = up.filter((replica) => inFlight[replica] === fewest)
    if (ties === 'random') return at(least, draw.below(least.length))
    const turn = turns(worker)
    const next = least.find((replica) => replica >= turn.next) ?? at(least, 0)
    turn.next = next + 1
    return next
  }
}

/** The less busy of two that are drawn (Mitzenmacher 2001). */
export function twoChoices(draw: Draw): Choose {
  return (_asked, up, inFlight) => {
    const [a, b] = [at(up, draw.below(up.length)), at(up, draw.below(up.length))]
    return (inFlight[a] ?? 0) <= (inFlight[b] ?? 0) ? a : b
  }
}

/** haproxy's `balance first`: the first one that has not its `maxconn` yet. */
export function first(maxconn: number): Choose {
  return (_asked, up, inFlight) =>
    up.find((replica) => (inFlight[replica] ?? 0) < maxconn) ?? at(up, 0)
}

function hash(key: number): number {
  let h = Math.imul(key + 0x7ed55d16, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  return (h ^ (h >>> 13)) >>> 0
}

/** nginx's `ip_hash`, haproxy's `balance source`. */
export function hashByAddress(): Choose {
  return ({ address }, up) => at(up, hash(address))
}

/** nginx's `hash $request_uri`, haproxy's `balance uri` and `hdr()`. @param mixes consecutive keys go anywhere */
export function hashByKey(mixes: boolean): Choose {
  return ({ key }, up) => at(up, mixes ? hash(key) : key)
}

/** A cookie that names the replica, set with the first answer; without one, in turn. */
export function byCookie(draw: Draw): Choose {
  const turn = roundRobin(draw)
  const bound = new Map<number, number>()
  return (asked, up, inFlight) => {
    const known = asked.jar === undefined ? undefined : bound.get(asked.jar)
    if (known !== undefined && up.includes(known)) return known
    const chosen = turn(asked, up, inFlight)
    if (asked.jar !== undefined) bound.set(asked.jar, chosen)
    return chosen
  }
}

/** Each replica has so many points on a ring (Karger 1997); the key is the client's port, or what `keyOf` says. */
export function ringHash(
  replicas: number,
  points: number,
  keyOf = ({ connection }: Asked) => connection,
): Choose {
  const ring: { place: number; replica: number }[] = []
  for (let replica = 0; replica < replicas; replica += 1) {
    for (let point = 0; point < points; point += 1) {
      ring.push({ place: hash(1_000_000 + replica * 1000 + point), replica })
    }
  }
  ring.sort((a, b) => a.place - b.place)
  let owners = ring
  let ownersUp: readonly number[] = []
  return (asked, up) => {
    if (up !== ownersUp) {
      owners = ring.filter(({ replica }) => up.includes(replica))
      ownersUp = up
    }
    const key = hash(keyOf(asked))
    let [low, high] = [0, owners.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((owners[middle]?.place ?? 0) < key) low = middle + 1
      else high = middle
    }
    return owners[low % owners.length]?.replica ?? 0
  }
}

/** Connections are dealt out, and each keeps its replica for as long as that is there. */
export function layer4(inner: Choose): Choose {
  const chosen = new Map<number, number>()
  return (asked, up, inFlight) => {
    const known = chosen.get(asked.connection)
    if (known !== undefined && up.includes(known)) return known
    const replica = inner(asked, up, inFlight)
    chosen.set(asked.connection, replica)
    return replica
  }
}
