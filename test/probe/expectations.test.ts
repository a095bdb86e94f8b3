import { describe, expect, test } from 'vitest'
import { createTally, type Tally } from '../../src/measure/tally.ts'
import type { Expected } from '../../src/probe/expectations.ts'
import { createReport } from '../../src/probe/report/report.ts'
import { seeded } from '../measure/random.ts'
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
  expect(expectations).toMatchObject([
    { seen: 'cannot tell: no fresh answer says its time', met: false },
  ])
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
  { expect: [{ weights: new Map([['v1', 1]]) }] },
  { expect: [{ sameZone: 0 }] },
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

/** web-0 is the canary of one request in ten, and in another zone. */
const canary = exampleTally('test/1', (index) => {
  const replica = index % 10 === 0 ? 'web-0' : index % 2 === 0 ? 'web-1' : 'web-2'
  const isCanary = replica === 'web-0'
  return {
    replica,
    version: isCanary ? 'v2' : 'v1',
    zone: isCanary ? 'eu-1b' : 'eu-1a',
    clientZone: 'eu-1a',
    connection: index,
  }
})
const weights = (text: Record<string, number>) => ({
  expect: [{ weights: new Map(Object.entries(text)) }],
})
const sameZone = (share: number) => ({ expect: [{ sameZone: share }] })

describe('weights', () => {
  test.for<[Record<string, number>, boolean, string]>([
    [{ v1: 90, v2: 10 }, true, 'v1 90.0 % (87.4–92.2), v2 10.0 % (7.8–12.6); 85:15 is ruled out'],
    [{ v2: 1, v1: 9 }, true, 'v2 10.0 % (7.8–12.6), v1 90.0 % (87.4–92.2); 15:85 is ruled out'],
    [{ v1: 80, v2: 20 }, false, 'v1 90.0 % (87.4–92.2), v2 10.0 % (7.8–12.6)'],
    // By name of a replica, where no version is called so.
    [
      { 'web-0': 10, 'web-1': 40, 'web-2': 50 },
      true,
      'web-0 10.0 % (7.3–13.2), web-1 40.0 % (35.3–44.8), web-2 50.0 % (45.1–54.9); 15:40:45 is ruled out',
    ],
    [{ v1: 100 }, false, 'v1 90.0 % (87.4–92.2), v2 10.0 % (7.8–12.6); v2 not expected'],
    [
      { v1: 90, v3: 10 },
      false,
      'v1 90.0 % (86.8–92.7), v3 0.0 % (0.0–0.7), v2 10.0 % (7.3–13.2); nobody called v3 answered; v2 not expected',
    ],
    [
      { blue: 1, green: 1 },
      false,
      'cannot tell: no version and no replica is called blue or green; there are v1, v2, web-0 and 2 more',
    ],
    [
      { 'v1 ': 1 },
      false,
      'cannot tell: no version and no replica is called v1 ; there are v1, v2, web-0 and 2 more',
    ],
  ])('%j', ([named, met, seen]) => {
    const { expectations } = createReport([exampleRun], canary, weights(named))
    expect(expectations).toMatchObject([{ option: '--expect', seen, met }])
  })

  test('of few requests cannot be told, and how many more it takes is said', () => {
    const few = exampleTally('test/1', (index) =>
      index < 40
        ? { version: index % 10 === 0 ? 'v2' : 'v1', connection: index }
        : { replica: undefined },
    )
    const { expectations } = createReport([exampleRun], few, weights({ v1: 90, v2: 10 }))
    expect(expectations[0]?.seen).toMatch(
      /^cannot tell: v1 90\.0 % .+; about \d+ more requests would tell$/,
    )
  })

  test('say how many more requests tell them from those next to them', () => {
    const some = exampleTally('test/1', (index) =>
      index < 300
        ? { version: index % 10 === 0 ? 'v2' : 'v1', connection: index }
        : { replica: undefined },
    )
    const { expectations } = createReport([exampleRun], some, weights({ v1: 90, v2: 10 }))
    expect(expectations).toMatchObject([{ met: true }])
    expect(expectations[0]?.seen).toMatch(/; about 700 more requests would tell it from 85:15$/)
  })

  test('of kept connections are those of connections', () => {
    const draw = seeded(1)
    const pinned = exampleTally('test/1', (index) => {
      const connection = Math.floor(draw() * 20)
      const isCanary = connection === 0
      return {
        replica: `web-${isCanary ? 0 : 1}`,
        version: isCanary ? 'v2' : 'v1',
        connection,
        index,
      }
    })
    const { expectations } = createReport([exampleRun], pinned, weights({ v1: 90, v2: 10 }))
    expect(expectations).toMatchObject([{ met: false }])
    expect(expectations[0]?.seen).toMatch(
      /^cannot tell: .+ of the connections; about .+ more connections would tell \(--connections new\)$/,
    )
  })

  test('are not known where an answer may be anybody', () => {
    const unnamed = exampleTally('test/1', (index) => ({
      version: index === 7 ? undefined : index % 10 === 0 ? 'v2' : 'v1',
      connection: index,
    }))
    const { expectations } = createReport([exampleRun], unnamed, weights({ v1: 90, v2: 10 }))
    expect(expectations).toMatchObject([{ met: false }])
    expect(expectations[0]?.seen).toContain('1 answer by nobody who is known')
  })
})

test.for<[Tally, number, string, boolean]>([
  [canary, 0.9, '90.0 %', true],
  [canary, 0.95, '90.0 %', false],
  [healthy, 0.5, 'cannot tell: no answer says its zone (ZONE of served-by)', false],
  [
    exampleTally('test/1', () => ({ zone: 'eu-1a' })),
    0.5,
    'cannot tell: the probe does not know its own zone: give it with --zone',
    false,
  ],
  [
    exampleTally('test/1', (index) => ({
      zone: index % 2 === 0 ? 'eu-1a' : undefined,
      clientZone: 'eu-1a',
    })),
    0.9,
    '50.0 %; 300 answers did not say their zone',
    false,
  ],
])('from the own zone %#', ([tally, least, seen, met]) => {
  const { expectations } = createReport([exampleRun], tally, sameZone(least))
  expect(expectations).toMatchObject([{ option: '--expect', seen, met }])
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
