import type { ConnectionMode, Observation } from '../../src/measure/observation.ts'
import type { Balancer } from './balancers.ts'
import type { Random } from './random.ts'

export interface Simulation {
  balancer: Balancer
  replicas: number
  draw: Random
  mode?: ConnectionMode
  /** Clients that each send the next request when the last was answered. */
  concurrency?: number
  requests?: number
  /** Worker processes of the proxy: a connection lands on one of them at random and stays. */
  workers?: number
  /** How long a replica takes, in ms; by default 1 ms and an exponential part of 5 ms on average. */
  serviceTime?: (replica: number, draw: Random) => number
}

interface Event {
  time: number
  happen: (time: number) => void
}

/** Unix ms at which every simulation starts. */
export const start = 1_700_000_000_000

/**
 * A closed loop against a simulated balancer, as observations in the order in which requests end.
 * The way to the balancer takes 0.05 to 0.25 ms, and the same back, so requests overtake each other:
 * the balancer decides in another order than that of sending, and of answering.
 */
export function simulate(simulation: Simulation): Observation[] {
  const { balancer, replicas, draw } = simulation
  const { mode = 'reuse', concurrency = 1, requests = 1000, workers = 1 } = simulation
  const serviceTime = simulation.serviceTime ?? (() => 1 - 5 * Math.log(1 - draw()))
  const inFlight = Array.from({ length: workers }, () => new Array<number>(replicas).fill(0))
  const workerOf = new Map<number, number>()
  const observations: Observation[] = []
  const agenda: Event[] = []
  let sentSoFar = 0
  let connections = 0

  const way = () => 0.05 + 0.2 * draw()
  const at = (time: number, happen: Event['happen']) => {
    const position = agenda.findIndex((event) => event.time > time)
    agenda.splice(position < 0 ? agenda.length : position, 0, { time, happen })
  }
  const send = (sent: number, client: number) => {
    if (sentSoFar === requests) return
    const index = sentSoFar++
    const connection = mode === 'reuse' ? client : connections++
    const worker = workerOf.get(connection) ?? Math.floor(draw() * workers)
    workerOf.set(connection, worker)
    at(sent + way(), (arrival) => {
      const load = inFlight[worker] ?? []
      const chosen = balancer(worker, connection, load)
      load[chosen] = (load[chosen] ?? 0) + 1
      at(arrival + serviceTime(chosen, draw), (finished) => {
        load[chosen] = (load[chosen] ?? 0) - 1
        at(finished + way(), (done) => {
          const replica = `web-${chosen}`
          const times = { due: sent, sent, done }
          observations.push({
            mode,
            index,
            connection,
            outcome: 'answered',
            status: 200,
            replica,
            ...times,
          })
          send(done, client)
        })
      })
    })
  }
  for (let client = 0; client < concurrency; client++) {
    at(start + client / 1000, (time) => {
      send(time, client)
    })
  }
  for (let next = agenda.shift(); next; next = agenda.shift()) next.happen(next.time)
  return observations
}
