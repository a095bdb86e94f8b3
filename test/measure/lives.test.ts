import { expect, test } from 'vitest'
import { mergeTallies } from '../../src/measure/tally.ts'
import { judge } from '../../src/measure/verdicts.ts'
import { answered, tallyOf } from './observations.ts'
import { start } from './simulation.ts'

test('a new boot id is a restart, with the times of both lives', () => {
  const { lives } = judge(
    tallyOf([
      answered({ boot: 'a', sent: start, done: start + 1 }),
      answered({ boot: 'a', sent: start + 10, done: start + 11 }),
      answered({ boot: 'b', sent: start + 20, done: start + 21 }),
      answered({ replica: 'web-1', boot: 'c', sent: start + 30, done: start + 31 }),
    ]),
  )
  expect(lives.restarts).toBe(1)
  expect(lives.replicas).toMatchObject([
    {
      replica: 'web-0',
      restarts: 1,
      boots: [
        { boot: 'a', answers: 2, first: start, last: start + 11 },
        { boot: 'b', answers: 1, first: start + 20, last: start + 21 },
      ],
    },
    { replica: 'web-1', restarts: 0 },
  ])
  expect(lives.sentence).toBe('1 restart: web-0.')
})

test('gaps in the ordinals are requests of others', () => {
  const { lives } = judge(tallyOf([100, 101, 104, 110].map((n) => answered({ boot: 'a', n }))))
  expect(lives.replicas[0]?.boots).toMatchObject([{ answers: 4, others: 7 }])
})

test('answers of draining replicas are counted', () => {
  const { lives } = judge(
    tallyOf([
      answered(),
      answered({ draining: true, sent: start + 10, done: start + 12 }),
      answered({ draining: true, sent: start + 20, done: start + 22 }),
    ]),
  )
  expect(lives.draining).toBe(2)
  expect(lives.replicas[0]?.draining).toEqual({ answers: 2, first: start + 10, last: start + 22 })
  expect(lives.sentence).toBe(
    'Cannot tell: answers carry no boot id. 2 answers came from replicas that were draining.',
  )
})

test('two probes that see one life each see one restart together', () => {
  const before = tallyOf([answered({ boot: 'a', n: 5 })])
  const after = tallyOf([
    answered({ boot: 'a', n: 6, sent: start + 5, done: start + 9 }),
    answered({ boot: 'b', n: 1, sent: start + 20, done: start + 21 }),
  ])
  const { lives } = judge(mergeTallies(after, before))
  expect(lives.replicas[0]?.boots).toMatchObject([
    { boot: 'a', answers: 2, others: 0 },
    { boot: 'b', answers: 1, others: 0 },
  ])
})

test('without boot ids or draining there is nothing to say', () => {
  expect(judge(tallyOf([answered({ boot: 'a' })])).lives.sentence).toBe('No replica restarted.')
})
