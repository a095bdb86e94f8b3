import { describe, expect, test } from 'vitest'
import { blame, type Lost, phaseOf } from '../../../src/probe/rollout/blame.ts'
import type { PodHistory } from '../../../src/probe/rollout/pods.ts'

/** Seconds of the rollout, in Unix ms. */
const at = (seconds: number) => 1_700_000_000_000 + seconds * 1000

const old: PodHistory = { pod: 'web-a', old: true, created: at(0), draining: at(20), ended: at(30) }
const young: PodHistory = { pod: 'web-b', old: false, created: at(15), ready: at(18) }
const steady: PodHistory = { pod: 'web-c', old: true, created: at(0) }

const lost = (second: number, more: Partial<Lost> = {}): Lost => ({
  sent: at(second),
  done: at(second) + 5,
  outcome: 'proxy-error',
  status: 502,
  answersBefore: 0,
  lossBefore: at(second) - 1,
  ...more,
})

describe('what a pod was doing', () => {
  test.for<[number, string, string]>([
    [10, 'serving', 'absent'],
    // News of a pod may come a second late.
    [17.5, 'serving', 'starting'],
    [19.5, 'draining', 'starting'],
    [25, 'draining', 'serving'],
    [31, 'gone', 'serving'],
    [36, 'absent', 'serving'],
  ])('at second %f', ([second, ofOld, ofYoung]) => {
    const phase = (pod: PodHistory) => phaseOf(pod, at(second), at(second))
    expect([phase(old), phase(young), phase(steady)]).toEqual([ofOld, ofYoung, 'serving'])
  })

  test('a pod that has answered is not starting any more', () => {
    expect(phaseOf({ ...young, answered: at(18.2) }, at(19), at(19))).toBe('serving')
  })

  test('a pod that never became ready was never asked', () => {
    expect(phaseOf({ ...young, ready: undefined }, at(25), at(25))).toBe('absent')
  })
})

const suspectsAt = (second: number, more?: Partial<Lost>) =>
  blame([lost(second, more)], [old, young, steady])[0]?.suspects

test('one pod in transition: it is named', () => {
  expect(suspectsAt(25)).toEqual([{ pod: 'web-a', phase: 'draining' }])
  expect(suspectsAt(32)).toEqual([{ pod: 'web-a', phase: 'gone' }])
})

test('two pods in transition: both are named', () => {
  expect(suspectsAt(20)).toEqual([
    { pod: 'web-a', phase: 'draining' },
    { pod: 'web-b', phase: 'starting' },
  ])
})

test('none in transition: the proxy', () => {
  expect(suspectsAt(10)).toEqual([])
})

test('an error that names its replica is of that one, whoever else comes or goes', () => {
  const own = { outcome: 'replica-error', status: 503 } as const
  expect(suspectsAt(20, { ...own, replica: 'web-c' })).toEqual([{ pod: 'web-c', phase: 'serving' }])
  expect(suspectsAt(20, { ...own, replica: 'web-a' })).toEqual([
    { pod: 'web-a', phase: 'draining' },
  ])
})

test('a request that waited while a pod went may be of that pod', () => {
  const waited = lost(18, { done: at(31), outcome: 'timeout', status: undefined })
  expect(blame([waited], [old, steady])).toMatchObject([
    { suspects: [{ pod: 'web-a', phase: 'gone' }], ways: { timeout: 1 } },
  ])
})

test('a pod that has ended is forgotten once nothing was lost for a while', () => {
  const next: PodHistory = { ...old, pod: 'web-b', draining: at(32.5), ended: at(32.5) }
  const quiet = { answersBefore: 21, lossBefore: at(31) }
  const suspects = (more: Partial<Lost>) =>
    blame([lost(31), lost(33, more), lost(34)], [old, next, steady]).map((loss) =>
      loss.suspects.map(({ pod }) => pod),
    )
  expect(suspects({ ...quiet, answersBefore: 20 })).toEqual([['web-a', 'web-b'], ['web-a']])
  expect(suspects(quiet)).toEqual([['web-b'], ['web-a']])
})

test('losses are counted by who it was, the most first', () => {
  const reset = { outcome: 'reset', status: undefined } as const
  const losses = [lost(10), lost(31), lost(32), lost(33, reset)]
  expect(blame(losses, [old, young, steady])).toEqual([
    {
      suspects: [{ pod: 'web-a', phase: 'gone' }],
      count: 3,
      first: at(31) + 5,
      last: at(33) + 5,
      ways: { '502': 2, reset: 1 },
    },
    { suspects: [], count: 1, first: at(10) + 5, last: at(10) + 5, ways: { '502': 1 } },
  ])
})
