import type { Observation, Outcome } from '../../../src/measure/observation.ts'
import { Agenda } from '../agenda.ts'
import * as balancers from '../balancers.ts'
import type { Choose } from '../balancers.ts'
import type { Draw } from '../draw.ts'

const balancerNames = [
  'round robin',
  'random',
  'least connections',
  'two choices',
  'hash by address',
] as const

/** What is watched: several requests a second, each over a connection of its own. */
export interface Target {
  balancer: (typeof balancerNames)[number]
  workers: number
  /** Requests of other clients between two of ours, on average. */
  others: number
  replicas: number
  service: 'constant' | 'exponential' | 'bimodal'
  /** Milliseconds on average. */
  serviceTime: number
  /** The part of the requests that fails anyway. */
  background: number
  /** Replicas say that they drain. */
  announces: boolean
}

/** A target that is well. @param most replicas at most */
export function drawTarget(draw: Draw, most: number): Target {
  return {
    balancer: draw.oneOf(balancerNames),
    workers: draw.chance(0.4) ? 1 : 1 + draw.below(8),
    others: draw.chance(0.5) ? 0 : draw.logUniform(0.1, 10),
    replicas: draw.size(2, most),
    service: draw.oneOf(['constant', 'exponential', 'bimodal']),
    serviceTime: draw.logUniform(0.3, 200),
    background: draw.chance(0.2) ? 0 : draw.logUniform(1e-5, 1e-3),
    announces: draw.chance(0.5),
  }
}

function createBalancer({ balancer }: Target, draw: Draw): Choose {
  switch (balancer) {
    case 'round robin':
      return balancers.roundRobin(draw)
    case 'random':
      return balancers.random(draw)
    case 'least connections':
      return balancers.leastConnections(draw, draw.oneOf(['turn', 'random']))
    case 'two choices':
      return balancers.twoChoices(draw)
    case 'hash by address':
      return balancers.hashByAddress()
  }
}

/** A process that may be chosen. */
export interface Process {
  name: string
  boot: string
  draining: boolean
  /** Whoever is sent to it gets a 502. */
  dead: boolean
}

/** What the balancer chooses from, and what goes wrong; to be changed while the target is asked. */
export interface State {
  up: Process[]
  /** The part of all requests that fails. */
  failing: number
  down: boolean
}

type Ending = readonly [Outcome, number | undefined]
const success: Ending = ['answered', 200]
const failures: readonly [Ending, ...Ending[]] = [
  ['proxy-error', 502],
  ['proxy-error', 503],
  ['refused', undefined],
  ['reset', undefined],
  ['timeout', undefined],
]

/**
 * Asks the target at a fixed rate.
 * @param perSecond requests a second @param start Unix ms
 * @returns what sends the next request and gives what has ended until then
 */
export function ask(target: Target, state: State, perSecond: number, start: number, draw: Draw) {
  const choose = createBalancer(target, draw)
  const ending = new Agenda<{ observation: Observation; release: () => void }>()
  const inFlight = new Map<number, number[]>()
  const address = draw.below(1000)
  let index = 0
  let indices: readonly number[] = []
  let upBefore: readonly Process[] = []

  const duration = () => {
    const { service, serviceTime } = target
    if (service === 'constant') return serviceTime
    if (service === 'exponential') return draw.exponential(serviceTime)
    return (draw.chance(0.9) ? 0.5 : 5.5) * serviceTime
  }
  const choice = (client: number, worker: number) => {
    if (state.up !== upBefore || indices.length !== state.up.length) {
      upBefore = state.up
      indices = state.up.map((_, place) => place)
    }
    const load = inFlight.get(worker) ?? []
    inFlight.set(worker, load)
    const asked = { worker, connection: index, key: index, jar: undefined, address: client }
    return choose(asked, indices, load)
  }

  const send = (sent: number) => {
    const others = target.others > 0 ? Math.floor(draw.exponential(target.others)) : 0
    for (let other = 0; other < others; other += 1)
      choice(draw.below(1000), draw.below(target.workers))
    const worker = draw.below(target.workers)
    const place = choice(address, worker)
    const chosen = state.up[place]
    const load = inFlight.get(worker) ?? []
    const failed =
      state.down || !chosen || chosen.dead || draw.chance(target.background + state.failing)
    const [outcome, status] = failed ? draw.oneOf(failures) : success
    const done = sent + (outcome === 'timeout' ? 5000 : 0.5 + duration())
    const observation: Observation = {
      mode: 'new',
      index,
      due: sent,
      sent,
      done,
      outcome,
      status,
      replica: failed ? undefined : chosen.name,
      boot: failed ? undefined : chosen.boot,
      draining: failed ? undefined : target.announces && chosen.draining,
    }
    index += 1
    load[place] = (load[place] ?? 0) + 1
    const release = () => (load[place] = (load[place] ?? 0) - 1)
    ending.add(done, { observation, release })
  }

  return (observe: (observation: Observation) => void): number => {
    const time = start + (index * 1000) / perSecond
    for (let next = ending.take(); next; next = ending.take()) {
      if (next.time > time) {
        ending.add(next.time, next.item)
        break
      }
      next.item.release()
      observe(next.item.observation)
    }
    send(time)
    return time
  }
}

/** A process of that name. */
export function process(name: string, draw: Draw): Process {
  return { name, boot: `${draw.below(2 ** 31)}`, draining: false, dead: false }
}
