import { createDraw } from './draw.ts'
import type { Draw } from './draw.ts'
import { drawFeatures } from './features.ts'
import type { Features } from './features.ts'

export const balancerNames = [
  'round robin',
  'smooth weighted',
  'random',
  'weighted random',
  'least connections',
  'two choices',
  'first',
  'hash by address',
  'cookie',
  'ring hash',
  'layer 4, in turn',
  'layer 4, at random',
  'hash by key',
  'ring hash by key',
] as const
export type BalancerName = (typeof balancerNames)[number]

/** What happens to one replica on the way; parts are of the requests of the run. */
export type Trouble =
  | { kind: 'none' }
  | { kind: 'leaves' | 'comes'; at: number }
  | { kind: 'restarts'; from: number; to: number }
  | { kind: 'stalls'; at: number; milliseconds: number }
  | { kind: 'slow'; milliseconds: number }

export interface Scenario {
  seed: number
  balancer: BalancerName
  requests: number
  replicas: number
  workers: number
  /** Requests in flight at most. */
  concurrency: number
  /** Requests per second; absent in a closed loop. */
  rate: number | undefined
  connections: 'reuse' | 'new' | 'both'
  service: 'constant' | 'exponential' | 'bimodal'
  /** Milliseconds on average. */
  serviceTime: number
  /** One way, at most; at least a quarter of that. */
  networkTime: number
  /** Clients with cookie jars; 0 where cookies are not kept. */
  jars: number
  /** Machines that ask, each with its own address; their results are merged. */
  machines: number
  /** For the weighted ones. */
  weights: number[]
  maxconn: number
  ringPoints: number
  ties: 'turn' | 'random'
  trouble: Trouble
  /** URLs that are asked, one of them drawn for each request; Infinity where each has its own (`{n}`). */
  keys: number
  features: Features
}

function drawTrouble(draw: Draw): Trouble {
  if (draw.chance(0.6)) return { kind: 'none' }
  const kind = draw.oneOf(['leaves', 'comes', 'restarts', 'stalls', 'slow'] as const)
  switch (kind) {
    case 'leaves':
    case 'comes':
      return { kind, at: 0.2 + 0.6 * draw.unit() }
    case 'restarts': {
      const from = 0.1 + 0.5 * draw.unit()
      return { kind, from, to: from + 0.05 + 0.3 * draw.unit() }
    }
    case 'stalls':
      return { kind, at: draw.unit(), milliseconds: draw.logUniform(50, 3000) }
    case 'slow':
      return { kind, milliseconds: draw.logUniform(20, 500) }
  }
}

function drawKeys(draw: Draw, balancer: BalancerName): number {
  const several = draw.chance(0.5) ? draw.size(2, 50) : Infinity
  return balancer.endsWith('by key') || draw.chance(0.2) ? several : 1
}

/** A scenario that the seed decides. @param most requests at most */
export function drawScenario(draw: Draw, seed: number, most: number): Scenario {
  const replicas = draw.size(2, 50)
  const balancer = draw.oneOf(balancerNames)
  const serviceTime = draw.logUniform(0.3, 50)
  const concurrency = draw.size(1, 200)
  const open = draw.chance(1 / 3)
  // So that about as many are in flight as are drawn, at most.
  const rate = open ? (1000 * concurrency) / (serviceTime + 0.3) / (1 + draw.unit()) : undefined
  const drawn: Omit<Scenario, 'features'> = {
    seed,
    balancer,
    requests: draw.size(50, most),
    replicas,
    workers: draw.chance(0.4) ? 1 : 1 + draw.below(8),
    concurrency: open ? 500 : concurrency,
    rate,
    connections: draw.oneOf(['reuse', 'reuse', 'new', 'both']),
    service: draw.oneOf(['constant', 'exponential', 'bimodal']),
    serviceTime,
    networkTime: draw.logUniform(0.05, 1),
    jars: balancer === 'cookie' || draw.chance(0.1) ? draw.size(2, 50) : 0,
    machines: balancer === 'hash by address' ? 1 + draw.below(6) : 1,
    weights: Array.from({ length: replicas }, (_, i) => (i === 0 ? 2 + draw.below(4) : 1)),
    // Not full: it would be whoever has a place first.
    maxconn: Math.max(draw.size(1, 100), Math.ceil(concurrency / (replicas - 1))),
    ringPoints: draw.size(10, 160),
    ties: draw.oneOf(['turn', 'random']),
    trouble: drawTrouble(draw),
    keys: drawKeys(draw, balancer),
  }
  return { ...drawn, features: drawFeatures(createDraw(seed + 0.5e9), drawn) }
}
