import type { Random } from './random.ts'

/**
 * Chooses a replica (0 … k − 1) for a request that came over `connection` to the proxy's `worker`,
 * which has `inFlight` requests at each replica.
 */
export type Balancer = (worker: number, connection: number, inFlight: readonly number[]) => number

/** Each worker takes turns for itself and starts with the first replica, as nginx does. */
export function roundRobin(replicas: number): Balancer {
  const turns = new Map<number, number>()
  return (worker) => {
    const turn = turns.get(worker) ?? 0
    turns.set(worker, turn + 1)
    return turn % replicas
  }
}

export function random(replicas: number, draw: Random): Balancer {
  return () => Math.floor(draw() * replicas)
}

/** nginx's smooth weighted round robin, for each worker: 3:1 gives A A B A, not A A A B. */
export function weightedRoundRobin(weights: readonly number[]): Balancer {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const states = new Map<number, number[]>()
  return (worker) => {
    const current = (states.get(worker) ?? weights.map(() => 0)).map(
      (c, i) => c + (weights[i] ?? 0),
    )
    const chosen = current.indexOf(Math.max(...current))
    states.set(
      worker,
      current.map((c, i) => (i === chosen ? c - total : c)),
    )
    return chosen
  }
}

export function weightedRandom(weights: readonly number[], draw: Random): Balancer {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return () => {
    let left = draw() * total
    return weights.findIndex((weight) => (left -= weight) < 0)
  }
}

/** The fewest requests in flight; among equals in turn, as nginx and HAProxy do. */
export function leastConnections(replicas: number): Balancer {
  let turn = 0
  return (_worker, _connection, inFlight) => {
    const fewest = Math.min(...inFlight)
    for (;;) {
      const candidate = turn++ % replicas
      if (inFlight[candidate] === fewest) return candidate
    }
  }
}

/** By connection: each keeps the replica that its number hashes to. */
export function hash(replicas: number): Balancer {
  return (_worker, connection) => {
    let h = Math.imul(connection + 1, 0x9e3779b1)
    h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
    return ((h ^ (h >>> 13)) >>> 0) % replicas
  }
}

/** By client: all connections of one machine reach the same replica, as with `ip_hash`. */
export function sticky(replica: number): Balancer {
  return () => replica
}

/** In turn, but a connection keeps its replica: balancing at the transport layer. */
export function byConnection(balancer: Balancer): Balancer {
  const chosen = new Map<number, number>()
  return (worker, connection, inFlight) => {
    const replica = chosen.get(connection) ?? balancer(worker, connection, inFlight)
    chosen.set(connection, replica)
    return replica
  }
}
