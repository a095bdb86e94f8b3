import type { Observation } from '../../src/measure/observation.ts'
import { Agenda } from './agenda.ts'
import * as balancers from './balancers.ts'
import type { Choose } from './balancers.ts'
import type { Draw } from './draw.ts'
import { isCanary, ownZone, splitting, staying, zoneOf } from './features.ts'
import type { Scenario } from './scenario.ts'

/** Unix ms at which every simulation starts. */
const start = 1_700_000_000_000

interface Request {
  /** What happens to it next. */
  next: 'arrives' | 'finished' | 'done'
  mode: 'reuse' | 'new'
  index: number
  due: number
  free: number
  sent: number
  connection: number
  jar: number | undefined
  key: number | 'own' | undefined
  worker: number
  replica: number
  boot: number
  n: number
}

/** The balancer that a scenario is about, for all machines together. */
export function createBalancer(scenario: Scenario, draw: Draw): Choose {
  const { features } = scenario
  const stable = createPlain(scenario, draw)
  if (features.split) return splitting(draw, features, stable, createPlain(scenario, draw))
  return staying(features, stable)
}

function createPlain(scenario: Scenario, draw: Draw): Choose {
  switch (scenario.balancer) {
    case 'round robin':
      return balancers.roundRobin(draw)
    case 'smooth weighted':
      return balancers.smoothWeighted(scenario.weights)
    case 'random':
      return balancers.random(draw)
    case 'weighted random':
      return balancers.weightedRandom(draw, scenario.weights)
    case 'least connections':
      return balancers.leastConnections(draw, scenario.ties)
    case 'two choices':
      return balancers.twoChoices(draw)
    case 'first':
      return balancers.first(scenario.maxconn)
    case 'hash by address':
      return balancers.hashByAddress()
    case 'cookie':
      return balancers.byCookie(draw)
    case 'ring hash':
      return balancers.layer4(balancers.ringHash(scenario.replicas, scenario.ringPoints))
    case 'hash by key':
      return balancers.hashByKey(draw.chance(0.5))
    case 'ring hash by key':
      return balancers.ringHash(scenario.replicas, scenario.ringPoints, ({ key }) => key)
    case 'layer 4, in turn':
      return balancers.layer4(balancers.roundRobin(draw))
    case 'layer 4, at random':
      return balancers.layer4(balancers.random(draw))
  }
}

/**
 * What one machine sees, in the order in which requests end. Client, network, proxy workers and
 * replicas are simulated event by event.
 */
export function simulate(
  scenario: Scenario,
  choose: Choose,
  address: number,
  draw: Draw,
  observe: (observation: Observation) => void,
): void {
  const { requests, replicas, workers, concurrency, rate, trouble, serviceTime, keys } = scenario
  const { features } = scenario
  const { coldStart } = features
  const agenda = new Agenda<Request>()
  const all = Array.from({ length: replicas }, (_, replica) => replica)
  const troubled = draw.below(replicas)
  const others = all.filter((replica) => replica !== troubled)
  const inFlight = Array.from({ length: workers }, () => new Array<number>(replicas).fill(0))
  const served = new Array<number>(replicas).fill(0)
  const arrived = new Array<number>(replicas).fill(0)
  const warmFrom = new Array<number>(replicas).fill(0)
  const workerOf = new Map<number, number>()
  const replicaOf = new Map<number, number>()
  const idle: number[] = []
  let opened = 0
  let sent = 0
  let flying = 0
  let freeSince = start
  let stalledUntil = 0
  let stallsBegun = false

  const up = (part: number): readonly number[] => {
    switch (trouble.kind) {
      case 'leaves':
        return part >= trouble.at ? others : all
      case 'comes':
        return part < trouble.at ? others : all
      case 'restarts':
        return part >= trouble.from && part < trouble.to ? others : all
      case 'none':
      case 'stalls':
      case 'slow':
        return all
    }
  }
  const serving = (replica: number): number => {
    const extra = trouble.kind === 'slow' && replica === troubled ? trouble.milliseconds : 0
    switch (scenario.service) {
      case 'constant':
        return serviceTime + extra
      case 'exponential':
        return draw.exponential(serviceTime) + extra
      case 'bimodal':
        return (draw.chance(0.9) ? 0.5 : 5.5) * serviceTime + extra
    }
  }
  const way = () => scenario.networkTime * (0.25 + 0.75 * draw.unit())

  // A connection that ends at a replica goes down with it.
  const endsAtReplica = ['ring hash', 'layer 4, in turn', 'layer 4, at random'].includes(
    scenario.balancer,
  )
  const keptConnection = (part: number): number | undefined => {
    for (;;) {
      const [connection] = idle.splice(draw.below(Math.min(2, idle.length)), 1)
      const replica = connection === undefined ? undefined : replicaOf.get(connection)
      if (replica === undefined || !endsAtReplica || up(part).includes(replica)) return connection
    }
  }

  const send = (time: number, due: number) => {
    // One of either in each pair, in an order that is drawn.
    const both = sent % 2 === 0 ? draw.chance(0.5) : pairBegan === 'new'
    const mode = scenario.connections === 'both' ? (both ? 'reuse' : 'new') : scenario.connections
    pairBegan = mode
    const kept = mode === 'reuse' ? keptConnection(sent / requests) : undefined
    const connection = kept ?? opened++
    const worker = workerOf.get(connection) ?? draw.below(workers)
    if (mode === 'reuse') workerOf.set(connection, worker)
    const jar = scenario.jars === 0 ? undefined : draw.below(scenario.jars)
    const free = Math.min(Math.max(due, freeSince), time)
    const none = { replica: 0, boot: 0, n: 0 }
    const request: Request = {
      next: 'arrives',
      mode,
      index: sent,
      due,
      free,
      sent: time,
      connection,
      jar,
      key: keys === 1 ? undefined : keys === Infinity ? 'own' : draw.below(keys),
      worker,
      ...none,
    }
    sent += 1
    flying += 1
    agenda.add(time + way(), request)
  }
  let pairBegan: 'reuse' | 'new' = 'reuse'
  const dueAt = (index: number) => start + (index * 1000) / (rate ?? 1)
  const sendDue = (time: number) => {
    while (sent < requests && flying < concurrency && (rate === undefined || dueAt(sent) <= time)) {
      // A probe is late by some microseconds itself.
      const late = rate === undefined ? 0 : 0.02 * draw.unit()
      send(time + late, rate === undefined ? time : dueAt(sent))
    }
  }

  const arrive = (request: Request, time: number) => {
    const part = request.index / requests
    const load = inFlight[request.worker] ?? []
    const { worker, connection, jar } = request
    const key = typeof request.key === 'number' ? request.key : keys === 1 ? 0 : request.index
    const replica = choose(
      { worker, connection, jar, key: key + 7919 * scenario.seed, address },
      up(part),
      load,
    )
    load[replica] = (load[replica] ?? 0) + 1
    request.replica = replica
    if (request.mode === 'reuse') replicaOf.set(connection, replica)
    request.boot = trouble.kind === 'restarts' && replica === troubled && part >= trouble.to ? 1 : 0
    if (trouble.kind === 'stalls' && part >= trouble.at && !stallsBegun) {
      stallsBegun = true
      stalledUntil = time + trouble.milliseconds
    }
    let finished = time + serving(replica)
    if (replica === troubled && finished < stalledUntil) finished = stalledUntil
    if (coldStart) {
      const before = arrived[replica] ?? 0
      arrived[replica] = before + 1
      request.boot = Math.floor(before / coldStart.life)
      request.n = (before % coldStart.life) + 1
      // Whatever comes while a process starts waits for it.
      if (request.n === 1) warmFrom[replica] = time + coldStart.milliseconds
      finished = Math.max(finished, (warmFrom[replica] ?? 0) + serving(replica))
    }
    request.next = 'finished'
    agenda.add(finished, request)
  }
  const finish = (request: Request, time: number) => {
    const load = inFlight[request.worker] ?? []
    load[request.replica] = (load[request.replica] ?? 0) - 1
    served[request.replica] = (served[request.replica] ?? 0) + 1
    if (!coldStart) request.n = served[request.replica] ?? 0
    request.next = 'done'
    agenda.add(time + way(), request)
  }
  const end = (request: Request, time: number) => {
    const { mode, index, due, free, sent: from, connection, jar, key, replica, boot, n } = request
    if (mode === 'reuse') idle.push(connection)
    if (flying === concurrency) freeSince = time
    flying -= 1
    observe({
      mode,
      index,
      due,
      free,
      sent: from,
      done: time,
      connection,
      jar,
      key,
      outcome: 'answered',
      status: 200,
      replica: `web-${replica}`,
      boot: `b${boot}`,
      n,
      version: features.canaries === 0 ? undefined : isCanary(features, replica) ? 'v2' : 'v1',
      zone: features.zones === 0 ? undefined : zoneOf(features, replica),
      clientZone: features.placed ? ownZone : undefined,
    })
    sendDue(time)
  }

  sendDue(start)
  for (;;) {
    const following = agenda.take()
    const due =
      rate !== undefined && sent < requests && flying < concurrency ? dueAt(sent) : Infinity
    if (!following) {
      if (due === Infinity) return
      sendDue(due)
      continue
    }
    const { time, item } = following
    if (due < time) {
      agenda.add(time, item)
      sendDue(due)
      continue
    }
    if (item.next === 'arrives') arrive(item, time)
    else if (item.next === 'finished') finish(item, time)
    else end(item, time)
  }
}
