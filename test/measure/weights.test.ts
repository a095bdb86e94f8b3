import { describe, expect, test } from 'vitest'
import type { Observation } from '../../src/measure/observation.ts'
import { mergeTallies } from '../../src/measure/tally.ts'
import { judge } from '../../src/measure/verdicts.ts'
import {
  byConnection,
  roundRobin,
  sticky,
  weightedRandom,
  weightedRoundRobin,
} from './balancers.ts'
import type { Balancer } from './balancers.ts'
import { answered, tallyOf } from './observations.ts'
import { seeded } from './random.ts'
import { simulate, start } from './simulation.ts'
import type { Simulation } from './simulation.ts'

/** Of replicas 0, 1, 2 … the last is the canary. */
const version = (replicas: number, replica = '') =>
  replica === `web-${replicas - 1}` ? 'v2' : 'v1'

function run(balancer: Balancer, replicas: number, more: Partial<Simulation> = {}): Observation[] {
  return simulate({ balancer, replicas, draw: seeded(1), concurrency: 10, ...more }).map((one) => ({
    ...one,
    version: version(replicas, one.replica),
  }))
}
const weightsOf = (observations: Observation[]) => judge(tallyOf(observations)).weights
const canaryOf = ({ versions }: ReturnType<typeof weightsOf>) =>
  versions.find((one) => one.version === 'v2')

/** A version for each choice, then the replicas of it in turn: weights of a route to two services. */
function split(choose: () => boolean): Balancer {
  let turn = 0
  return () => (choose() ? 3 : turn++ % 3)
}

test('weights at random, in an exact pattern, and by the number of replicas', () => {
  for (const [balancer, replicas] of [
    [weightedRandom([9, 1], seeded(2)), 2],
    [weightedRoundRobin([9, 1]), 2],
    [roundRobin(10), 10],
    [split(() => Math.floor(draw() * 10) === 0), 4],
  ] as const) {
    const weights = weightsOf(run(balancer, replicas))
    expect(weights).toMatchObject({ verdict: 'weighted', unit: 'requests' })
    const { low = 1, high = 0, share = 0 } = canaryOf(weights) ?? {}
    expect([low < 0.1, high > 0.1]).toEqual([true, true])
    // Neither more nor less than 1 000 drawn requests allow.
    expect(high - low).toBeCloseTo(2 * 1.96 * Math.sqrt((share * (1 - share)) / 1000), 2)
  }
})
const draw = seeded(3)

test('where connections are dealt out, connections count', () => {
  const pinned = byConnection(weightedRandom([9, 1], seeded(4)))
  const kept = weightsOf(run(pinned, 2, { requests: 5000, concurrency: 20 }))
  expect(kept.unit).toBe('connections')
  expect(kept.versions.reduce((sum, { count }) => sum + count, 0)).toBe(20)
  const { low = 1, high = 0 } = canaryOf(kept) ?? {}
  expect(high - low).toBeGreaterThan(0.15)
})

test('also where only the version is kept on a connection, and its replicas take turns', () => {
  const pools = new Map<number, boolean>()
  const pick = seeded(5)
  let turn = 0
  const balancer: Balancer = (_worker, connection) => {
    const canary = pools.get(connection) ?? pick() < 0.3
    pools.set(connection, canary)
    return canary ? 3 : turn++ % 3
  }
  const observations = run(balancer, 4, { requests: 3000, concurrency: 20 })
  const { weights, pinning } = judge(tallyOf(observations))
  expect(pinning.verdict).toBe('not-pinned')
  expect(weights.unit).toBe('connections')
})

test('where answers of a version come in bursts, the interval is wider', () => {
  let left = 0
  let canary = false
  const pick = seeded(6)
  const bursts: Balancer = () => {
    if (left-- <= 0) {
      left = 20
      canary = pick() < 0.1
    }
    return canary ? 1 : 0
  }
  const weights = weightsOf(run(bursts, 2, { requests: 10_000, concurrency: 1 }))
  expect(weights.dispersion).toBeGreaterThan(5)
})

test('where clients keep a version by a cookie, clients count', () => {
  const pick = seeded(7)
  const canaries = Array.from({ length: 50 }, () => pick() < 0.2)
  const observations = Array.from({ length: 2000 }, (_, index) => {
    const jar = Math.floor(pick() * 50)
    const sent = start + index
    const replica = canaries[jar] ? 'c' : `s${index % 3}`
    const times = { due: sent, sent, done: sent + 0.5 }
    return answered({
      index,
      jar,
      replica,
      version: canaries[jar] ? 'v2' : 'v1',
      connection: index % 7,
      ...times,
    })
  })
  const weights = weightsOf(observations)
  expect(weights.unit).toBe('clients')
  expect(canaryOf(weights)?.count).toBe(canaries.filter(Boolean).length)
})

test('where each machine keeps a version, machines count', () => {
  const seen = Array.from({ length: 6 }, (_, machine) =>
    tallyOf(run(sticky(machine === 0 ? 1 : 0), 2, { requests: 200 }), `machine-${machine}`),
  )
  const { weights } = judge(seen.reduce(mergeTallies))
  expect(weights).toMatchObject({
    unit: 'machines',
    versions: [
      { version: 'v1', count: 5 },
      { version: 'v2', count: 1 },
    ],
  })
})

test('one request in a hundred to the canary binds no client to the rest', () => {
  // Drawn in just that way 98 of 100 requests come from where the one before came from.
  const observations = run(weightedRandom([99, 1], seeded(8)), 2, { requests: 3000 })
  const { affinity, weights } = judge(tallyOf(observations))
  expect(affinity.verdict).toBe('none')
  expect(weights.unit).toBe('requests')
  const others = tallyOf(run(weightedRandom([99, 1], seeded(9)), 2, { requests: 3000 }), 'b')
  const both = judge(mergeTallies(tallyOf(observations), others))
  expect(both.weights.unit).toBe('requests')
})

describe('no weights', () => {
  test('of a version that came late', () => {
    let asked = 0
    const late: Balancer = () => (asked++ > 500 && asked % 10 === 0 ? 1 : 0)
    const { verdict, reason, missing, sentence } = weightsOf(run(late, 2))
    expect({ verdict, reason, missing }).toEqual({
      verdict: 'cannot-tell',
      reason: 'version-missing',
      missing: 'v2',
    })
    expect(sentence).toContain('v2 answered in a part of the run only')
  })

  test('of one version, and of none', () => {
    expect(
      weightsOf(run(roundRobin(3), 3).map((one) => ({ ...one, version: 'v1' }))),
    ).toMatchObject({
      verdict: 'one-version',
      unit: 'requests',
      sentence: 'Only version v1 answered.',
    })
    const silent = weightsOf(run(roundRobin(3), 3).map((one) => ({ ...one, version: undefined })))
    expect(silent).toMatchObject({ reason: 'nobody', unattributed: 1000 })
  })
})

test('the sentence has shares with their intervals', () => {
  const weights = weightsOf(run(weightedRoundRobin([9, 1]), 2))
  expect(weights.sentence).toBe('v1 90.0 % (88.0–91.7), v2 10.0 % (8.3–12.0) of requests.')
})

test('a version that always differs does not fill the memory', () => {
  const many = Array.from({ length: 1000 }, (_, index) => answered({ index, version: `v${index}` }))
  const tally = tallyOf(many)
  expect(tally.byVersion.presence.all.replicas.size).toBe(100)
  expect(judge(tally).weights.unattributed).toBe(900)
})
