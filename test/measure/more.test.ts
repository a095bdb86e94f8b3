import { describe, expect, test } from 'vitest'
import { judge } from '../../src/measure/verdicts.ts'
import type { Verdicts } from '../../src/measure/verdicts.ts'
import { byConnection, hash, random, roundRobin } from './balancers.ts'
import type { Balancer } from './balancers.ts'
import { tallyOf } from './observations.ts'
import { seeded } from './random.ts'
import { simulate } from './simulation.ts'

/* "Cannot tell" says how many more requests it would take, and after so many more it is told. */

type Make = (seed: number) => Balancer
const run = (make: Make, seed: number, requests: number): Verdicts =>
  judge(
    tallyOf(
      simulate({
        balancer: make(seed),
        replicas: 3,
        draw: seeded(seed),
        concurrency: 7,
        requests,
      }),
    ),
  )

const seeds = Array.from({ length: 20 }, (_, seed) => seed)

describe.each<[string, Make, string]>([
  ['in turn', () => roundRobin(3), 'round-robin'],
  ['at random', (seed) => random(3, seeded(1000 + seed)), 'random'],
])('order: %s', (_name, make, expected) => {
  test.each([20, 40])('after %i requests', (few) => {
    const untold = seeds.filter((seed) => run(make, seed, few).order.verdict === 'cannot-tell')
    const told = untold.filter((seed) => {
      const { order, decision } = run(make, seed, few)
      if (order.more === undefined) return false
      expect(order.sentence).toMatch(/^Cannot tell: .*about \d+ more may tell\.$/)
      expect(decision.sentence).toMatch(/ About [\d ]+ more requests would tell .*\.$/)
      return run(make, seed, few + order.more).order.verdict === expected
    })
    expect(untold.length).toBeGreaterThan(0)
    expect(told.length).toBeGreaterThanOrEqual(untold.length * 0.8)
  })
})

test('pinning', () => {
  const make = () => byConnection(hash(3))
  const { pinning, affinity } = run(make, 1, 12)
  expect(pinning.verdict).toBe('cannot-tell')
  expect(pinning.more).toBeGreaterThan(0)
  expect(affinity.more).toBe(pinning.more)
  expect(pinning.sentence).toMatch(/it would take about \d+ more\.$/)
  expect(run(make, 1, 12 + (pinning.more ?? 0)).pinning.verdict).toBe('pinned')
})

test('slow', () => {
  const make = () => roundRobin(3)
  const { slow } = run(make, 1, 30)
  expect(slow).toMatchObject({ verdict: 'cannot-tell' })
  expect(slow.sentence).toMatch(/it would take about \d+ more\.$/)
  expect(run(make, 1, 30 + (slow.more ?? 0)).slow.verdict).toBe('none')
})

test('connections in step with the balancer: no number of requests would tell', () => {
  const inStep: Make = () => (_worker, connection) => connection % 3
  const { order, pinning } = run(inStep, 1, 6)
  expect(pinning.more).toBeUndefined()
  expect(order.more).toBeUndefined()
})
