import { describe, expect, test } from 'vitest'
import type { ConnectionMode } from '../../src/measure/observation.ts'
import { judge } from '../../src/measure/verdicts.ts'
import type { Verdicts } from '../../src/measure/verdicts.ts'
import {
  byConnection,
  hash,
  leastConnections,
  random,
  roundRobin,
  sticky,
  weightedRandom,
  weightedRoundRobin,
} from './balancers.ts'
import type { Balancer } from './balancers.ts'
import { tallyOf } from './observations.ts'
import { seeded } from './random.ts'
import type { Random } from './random.ts'
import { simulate } from './simulation.ts'

/*
 * A verdict must be right in 99 of 100 runs of 1 000 requests. The runs of a case go through 2 to 10
 * replicas, and each has its own seed.
 */
const runs = 100
const allowedWrong = 1

const modes: ConnectionMode[] = ['reuse', 'new']
const concurrencies = [1, 16]
const everyWay = modes.flatMap((mode) =>
  concurrencies.map((concurrency) => ({ mode, concurrency })),
)

interface Case {
  balancer: (replicas: number, draw: Random) => Balancer
  mode: ConnectionMode
  concurrency: number
  workers?: number
}

/** Judges every run; those in which `seen` is not as expected, with the seed to find them by. */
function wrongRuns(
  { balancer, mode, concurrency, workers = 1 }: Case,
  seen: (verdicts: Verdicts) => string,
  expected: string,
): string[] {
  return Array.from({ length: runs }, (_, seed) => {
    const draw = seeded(seed)
    const replicas = 2 + (seed % 9)
    const observations = simulate({
      balancer: balancer(replicas, draw),
      replicas,
      draw,
      mode,
      concurrency,
      workers,
    })
    const verdict = seen(judge(tallyOf(observations)))
    return verdict === expected ? [] : [`seed ${seed}, ${replicas} replicas: ${verdict}`]
  }).flat()
}

function expectRight(wrong: string[]): void {
  expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(allowedWrong)
}

const orderAndBalance = ({ order, balance }: Verdicts) => `${order.verdict}, ${balance.verdict}`

describe.each(everyWay)('$mode connections, $concurrency at a time', (way) => {
  // A single connection stays with one worker, however many there are.
  const workerCounts =
    way.mode === 'reuse' && way.concurrency === 1 ? [1] : [1, 2, 3, 4, 5, 6, 7, 8]

  test.each(workerCounts)('round robin by %i workers', (workers) => {
    expectRight(
      wrongRuns({ ...way, balancer: roundRobin, workers }, orderAndBalance, 'round-robin, even'),
    )
  })

  test('random', () => {
    expectRight(wrongRuns({ ...way, balancer: random }, orderAndBalance, 'random, even'))
  })

  test.each([1, 4])('round robin with weights 3:1 by %i workers', (workers) => {
    const balancer = (replicas: number) => weightedRoundRobin(threeToOne(replicas))
    const wrong = wrongRuns(
      { ...way, balancer, workers },
      ({ order, balance }) => `${order.verdict}, ${order.turns.turns}, ${balance.verdict}`,
      'weighted, round-robin, uneven',
    )
    expectRight(wrong)
  })

  test('random with weights 3:1', () => {
    const balancer = (replicas: number, draw: Random) => weightedRandom(threeToOne(replicas), draw)
    const wrong = wrongRuns(
      { ...way, balancer },
      ({ order, balance }) => `${order.verdict}, ${order.turns.turns}, ${balance.verdict}`,
      'weighted, random, uneven',
    )
    expectRight(wrong)
  })
})

function threeToOne(replicas: number): number[] {
  return Array.from({ length: replicas }, (_, i) => (i === 0 ? 3 : 1))
}

describe.each(modes)('%s connections, least connections', (mode) => {
  test('16 at a time', () => {
    const wrong = wrongRuns(
      { balancer: leastConnections, mode, concurrency: 16 },
      orderAndBalance,
      'least-connections, even',
    )
    expectRight(wrong)
  })

  test('one at a time is round robin', () => {
    const wrong = wrongRuns(
      { balancer: leastConnections, mode, concurrency: 1 },
      orderAndBalance,
      'round-robin, even',
    )
    expectRight(wrong)
  })
})

test('sticky by client looks like one replica to one client', () => {
  const wrong = wrongRuns(
    {
      balancer: (replicas, draw) => sticky(Math.floor(draw() * replicas)),
      mode: 'new',
      concurrency: 16,
    },
    orderAndBalance,
    'one-replica, cannot-tell',
  )
  expectRight(wrong)
})

describe('balancing by connection, 16 at a time', () => {
  const pinning = ({ order, pinning }: Verdicts) =>
    `${order.verdict} by ${order.by ?? 'nothing'}, ${pinning.verdict}`

  test.each([
    ['hash', hash],
    ['in turn', (replicas: number) => byConnection(roundRobin(replicas))],
  ])('%s: reused connections are pinned', (_name, balancer) => {
    const wrong = wrongRuns(
      { balancer, mode: 'reuse', concurrency: 16 },
      pinning,
      'sticky by connection, pinned',
    )
    expectRight(wrong)
  })

  test('hash: fresh connections look drawn at random', () => {
    expectRight(
      wrongRuns({ balancer: hash, mode: 'new', concurrency: 16 }, orderAndBalance, 'random, even'),
    )
  })

  test('in turn: fresh connections are dealt out in turn', () => {
    const balancer = (replicas: number) => byConnection(roundRobin(replicas))
    const wrong = wrongRuns(
      { balancer, mode: 'new', concurrency: 16 },
      orderAndBalance,
      'round-robin, even',
    )
    expectRight(wrong)
  })

  test.each([
    ['round robin', roundRobin],
    ['random', random],
    ['least connections', leastConnections],
  ])('%s by request is not pinned', (_name, balancer) => {
    const wrong = wrongRuns(
      { balancer, mode: 'reuse', concurrency: 16, workers: 2 },
      ({ pinning }) => pinning.verdict,
      'not-pinned',
    )
    expectRight(wrong)
  })
})
