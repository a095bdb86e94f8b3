import { describe, expect, test } from 'vitest'
import { compareTallies } from '../../src/measure/compare/compare.ts'
import type { Observation } from '../../src/measure/observation.ts'
import { createTally, tallyFromJson, tallyToJson } from '../../src/measure/tally.ts'
import { exampleTally } from '../probe/example.ts'

const begin = 1_795_435_200_000
const due = (index: number) => begin + index * 10

/** Another run of the example, which the function changes. */
const run = (change?: (index: number) => Partial<Observation>) => exampleTally('test/2', change)
const before = exampleTally('test/1')
const failed = { outcome: 'replica-error', status: 503 } as const

describe('two runs are', () => {
  test('no worse where nothing changed, also when they were written and read', () => {
    const { decision, changes } = compareTallies(tallyFromJson(tallyToJson(before)), run())
    expect(decision).toMatchObject({ verdict: 'not-worse', worse: [], better: [] })
    expect(decision.sentence).toBe(
      'No worse: lost 0 of 600, as before; p99 4 ms → 4 ms, p90 4 ms → 4 ms, p50 3 ms → 3 ms; shares as before.',
    )
    expect(changes.balance.change).toBe('same')
  })

  test.for<[string, (index: number) => Partial<Observation>, string[], RegExp]>([
    [
      'everything takes twice as long',
      (index) => ({ done: due(index) + 2 * (2 + (index % 3)) }),
      ['latency'],
      /^Worse: p99 4 ms → 8 ms, p90 4 ms → 8 ms, p50 3 ms → 6 ms\.$/,
    ],
    [
      'one in twenty takes long',
      (index) => (index % 20 === 0 ? { done: due(index) + 9.9 } : {}),
      ['latency'],
      /^Worse: p99 4 ms → 9\.9 ms\.$/,
    ],
    [
      'one in twenty fails',
      (index) => (index % 20 === 0 ? failed : {}),
      ['failures'],
      /^Worse: lost 0 of 600 → 5\.0 % \(mostly 503 by web-0; within 5\.8 s from \d\d:00:00\)\.$/,
    ],
    [
      'many fail at once, where none did',
      (index) => (index >= 300 && index < 330 ? failed : {}),
      ['failures'],
      /^Worse: lost 0 of 600 → 5\.0 % \(mostly 503 by web-0; within 29\d ms /,
    ],
    [
      'one replica gets two thirds of the requests',
      (index) => ({ replica: index % 6 < 4 ? 'web-0' : `web-${1 + (index % 2)}` }),
      ['balance'],
      /^Worse: less even: web-0 gets 66\.7 % where even is 33\.3 %/,
    ],
  ])('worse where %s, and better the other way round', ([, change, worse, sentence]) => {
    const after = run(change)
    const { decision } = compareTallies(before, after)
    expect(decision).toMatchObject({ verdict: 'worse', worse, better: [] })
    expect(decision.sentence).toMatch(sentence)
    const back = compareTallies(after, before).decision
    expect(back).toMatchObject({ verdict: 'not-worse', worse: [], better: worse })
    expect(back.sentence).toMatch(/^No worse\. Better: /)
  })

  test.for<[string, (index: number) => Partial<Observation>]>([
    [
      'one pause moves the 99th percentile',
      (index) => (index % 600 < 12 ? { done: due(12) + 300 } : {}),
    ],
    ['a few fail', (index) => (index % 100 === 0 ? failed : {})],
    [
      'everything takes a third longer',
      (index) => ({ done: due(index) + 1.33 * (2 + (index % 3)) }),
    ],
    ['replicas have other names', (index) => ({ replica: `new-${index % 3}` })],
  ])('no worse where %s', ([, change]) => {
    const { decision } = compareTallies(before, run(change))
    expect(decision).toMatchObject({ verdict: 'not-worse', worse: [], better: [] })
  })

  test('no worse where losses come in bursts, in one run some more', () => {
    const bursts = (every: number) => run((index) => (index % every < 20 ? failed : {}))
    const { decision, changes } = compareTallies(bursts(300), bursts(200))
    expect(changes.failures.before.failures).toBe(40)
    expect(changes.failures.after.failures).toBe(60)
    expect(decision.worse).toEqual([])
  })

  /** All over one connection, or each over its own. */
  const oneReplica = (replica: string, connections: number, times: number) =>
    run((index) => ({
      replica,
      connection: index % connections,
      done: due(index) + times * (2 + (index % 3)),
    }))

  test('not to be told apart where one connection met another replica, which is slower', () => {
    const { decision, changes } = compareTallies(oneReplica('a', 1, 1), oneReplica('b', 1, 2))
    expect(changes.latency).toMatchObject({ change: 'cannot-tell', reason: 'other-replicas' })
    expect(decision.verdict).toBe('cannot-tell')
    expect(decision.sentence).toMatch(
      /^Cannot tell: p99 .+, p50 3 ms → 6 ms, but other replicas answered, and may always have been so;/,
    )
  })

  test('worse where the only replica has another name, and is slower', () => {
    const { decision } = compareTallies(oneReplica('a', 10, 1), oneReplica('b', 10, 2))
    expect(decision).toMatchObject({ verdict: 'worse', worse: ['latency'] })
  })

  test('worse where connections are kept, and every replica has another name and is slower', () => {
    const kept = (generation: string, times: number) =>
      run((index) => ({
        replica: `${generation}-${index % 4}`,
        connection: index % 4,
        done: due(index) + times * (2 + (index % 3)),
      }))
    expect(compareTallies(kept('old', 1), kept('new', 2)).decision.worse).toEqual(['latency'])
    expect(compareTallies(kept('old', 2), kept('new', 1)).decision.better).toEqual(['latency'])
  })

  test('no worse where more connections met the slow one of the replicas', () => {
    const kept = (met: readonly string[]) =>
      run((index) => {
        const replica = met[index % met.length] ?? ''
        const time = (2 + (index % 3)) * (replica === 'slow' ? 4 : 1)
        return { replica, connection: index % met.length, done: due(index) + time }
      })
    const { decision, changes } = compareTallies(
      kept(['a', 'b', 'a', 'b', 'slow']),
      kept(['a', 'slow', 'slow', 'b', 'slow']),
    )
    expect(changes.latency.percentiles[0]?.after).toBeGreaterThan(
      2 * (changes.latency.percentiles[0]?.before ?? Infinity),
    )
    expect(decision).toMatchObject({ verdict: 'not-worse', worse: [] })
  })

  test('worst first', () => {
    const after = run((index) => ({
      done: due(index) + 9,
      ...(index % 20 === 0 ? failed : {}),
    }))
    const { decision } = compareTallies(before, after)
    expect(decision.worse).toEqual(['failures', 'latency'])
    expect(decision.sentence).toMatch(/^Worse: lost .+; p99 4 ms → 9\.01 ms, p90 /)
  })

  test('not to be told apart where nothing was sent', () => {
    const { decision } = compareTallies(createTally('a'), createTally('b'))
    expect(decision).toMatchObject({
      verdict: 'cannot-tell',
      sentence: 'Cannot tell: there is too little to compare.',
    })
  })

  test('worse where nothing answers any more', () => {
    const dead = run(() => ({ outcome: 'refused', status: undefined, replica: undefined }))
    const { decision } = compareTallies(before, dead)
    expect(decision.worse).toEqual(['failures'])
    expect(decision.sentence).toMatch(/^Worse: lost 0 of 600 → 100\.0 % \(connection refused; /)
  })
})

test('what is told without a judgement', () => {
  const after = run((index) => ({ replica: `web-${index % 2}`, version: '2.0.0' }))
  const { before: old, after: now } = compareTallies(before, after)
  expect(old).toMatchObject({ replicas: ['web-0', 'web-1', 'web-2'], versions: [] })
  expect(now).toMatchObject({ replicas: ['web-0', 'web-1'], versions: ['2.0.0'] })
  expect(old.order).toBe('round-robin')
  expect(Math.round(old.rate)).toBe(100)
})
