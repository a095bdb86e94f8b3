import { expect, test } from 'vitest'
import { roughly } from '../../src/measure/sentences/words.ts'
import { judge } from '../../src/measure/verdicts.ts'
import { random } from './balancers.ts'
import { tallyOf } from './observations.ts'
import { seeded } from './random.ts'
import { simulate } from './simulation.ts'

test.each([
  [0, '0'],
  [7, '7'],
  [43, '43'],
  [213, '220'],
  [2100.677, '2 200'],
  [99_001, '100 000'],
])('an estimate of %d is told as %s', (count, told) => {
  expect(roughly(count)).toBe(told)
})

test('how many more requests it takes is whole, where a replica came late', () => {
  const draw = seeded(8)
  const run = simulate({
    balancer: random(4, draw),
    replicas: 4,
    draw,
    requests: 240,
    concurrency: 4,
  })
  const late = run.filter(({ index, replica }) => index > 120 || replica !== 'web-3')
  const { order } = judge(tallyOf(late.map((one, index) => ({ ...one, index }))))
  expect(order.more).toSatisfy(Number.isInteger)
  expect(order.sentence).toMatch(/; about \d\d0 more may tell\.$/)
})
