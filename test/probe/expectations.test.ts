import { expect, test } from 'vitest'
import { createTally } from '../../src/measure/tally.ts'
import type { Expected } from '../../src/probe/expectations.ts'
import { createReport } from '../../src/probe/report/report.ts'
import { exampleRun, exampleTally } from './example.ts'

const healthy = exampleTally()
/** web-1 fails for the second half, and its clock is 100 ms ahead. */
const troubled = exampleTally('test/1', (index) => {
  if (index % 3 !== 1) return {}
  if (index > 300) return { outcome: 'proxy-error', status: 502, replica: undefined }
  return { timestamp: (1_795_435_200_000 + index * 10 + 101) / 1000 }
})
const dead = exampleTally('test/1', () => ({ outcome: 'refused', status: undefined }))

test.for<[Expected, object]>([
  [{ expectReplicas: 3 }, { expected: '3', seen: '3', met: true }],
  [{ expectReplicas: 4 }, { expected: '4', seen: '3', met: false }],
  [{ expect: ['even'] }, { expected: 'even', seen: 'even', met: true }],
  [{ expect: ['round-robin'] }, { met: true }],
  [{ expect: ['random'] }, { expected: 'random', seen: 'round-robin', met: false }],
  [{ expect: ['sticky'] }, { met: false }],
  [{ maxFailures: { count: 0 } }, { seen: '0 (0.0 %)', met: true }],
  [{ maxSkew: { share: 0.01 } }, { met: true }],
  [{ maxSkew: { milliseconds: 5 } }, { met: true }],
  [{ maxP99: 4.1 }, { met: true }],
  [{ maxP99: 3.9 }, { expected: 'at most 3.9 ms', met: false }],
  [{ maxOutage: 0 }, { met: true }],
])('where all is well: %j', ([expected, result]) => {
  const { expectations } = createReport([exampleRun], healthy, expected)
  expect(expectations).toMatchObject([result])
})

test.for<[Expected, object]>([
  [{ maxFailures: { count: 99 } }, { expected: 'at most 99', met: false }],
  [{ maxFailures: { count: 100 } }, { seen: '100 (16.7 %)', met: true }],
  [{ maxFailures: { share: 0.1 } }, { expected: 'at most 10.0 %', met: false }],
  [{ maxFailures: { share: 0.2 } }, { met: true }],
  [{ maxSkew: { share: 0.3 } }, { met: false }],
  [{ maxSkew: { milliseconds: 90 } }, { met: false }],
  [{ maxSkew: { milliseconds: 101 } }, { met: true }],
  [{ maxOutage: 0 }, { met: false }],
])('where all is not well: %j', ([expected, result]) => {
  const { expectations } = createReport([exampleRun], troubled, expected)
  expect(expectations).toMatchObject([result])
})

test('a limit that is just reached is kept', () => {
  const unlimited = createReport([exampleRun], troubled, { maxP99: 0, maxOutage: 0 })
  const { latency, failures } = unlimited.verdicts
  const limits = { maxP99: latency.latency.p99, maxOutage: failures.longestOutage?.length ?? NaN }
  const { expectations } = createReport([exampleRun], troubled, limits)
  expect(expectations.map(({ met }) => met)).toEqual([true, true])
})

test('an outage of the whole run is longer than any limit below that', () => {
  const { expectations } = createReport([exampleRun], dead, { maxOutage: 5000 })
  expect(expectations).toMatchObject([{ seen: '5.99 s', met: false }])
})

test('a limit for clocks is not met where no clock was seen', () => {
  const silent = exampleTally('test/1', () => ({ timestamp: undefined }))
  const { expectations } = createReport([exampleRun], silent, { maxSkew: { milliseconds: 5 } })
  expect(expectations).toMatchObject([{ seen: 'cannot tell: no answer says its time', met: false }])
})

test.for<[Expected, string]>([
  [{ expect: ['sticky'] }, 'cannot tell: '],
  [{ expect: ['even'] }, 'cannot tell: '],
  [{ maxSkew: { share: 1 } }, 'cannot tell: '],
])('one replica teaches nothing about a balancer: %j', ([expected, seen]) => {
  const one = exampleTally('test/1', () => ({ replica: 'web-0' }))
  const { expectations } = createReport([exampleRun], one, expected)
  expect(expectations).toMatchObject([{ met: false }])
  expect(expectations[0]?.seen).toContain(seen)
})

test.for<Expected>([
  { expectReplicas: 3 },
  { expect: ['even'] },
  { expect: ['round-robin'] },
  { maxFailures: { share: 1 } },
  { maxSkew: { share: 1 } },
  { maxSkew: { milliseconds: 1000 } },
  { maxP99: 1000 },
  { maxOutage: 1000 },
])('where nothing was sent no expectation is met: %j', (expected) => {
  const { expectations } = createReport([exampleRun], createTally('test/1'), expected)
  expect(expectations).toMatchObject([{ met: false }])
  expect(expectations[0]?.seen).toMatch(/^cannot tell: (?!cannot tell)/i)
})

test('time-outs count as having taken at least that long', () => {
  const hanging = exampleTally('test/1', (index) =>
    index % 20 === 0
      ? {
          outcome: 'timeout',
          status: undefined,
          replica: undefined,
          done: 1_795_435_200_000 + index * 10 + 5000,
        }
      : {},
  )
  for (const limit of [100, 10_000]) {
    const { expectations } = createReport([exampleRun], hanging, { maxP99: limit })
    expect(expectations).toMatchObject([{ seen: 'at least 5 s', met: false }])
  }
})
