import { expect, test } from 'vitest'
import type { Observation } from '../../src/measure/observation.ts'
import { nobody } from '../../src/ui/run/marks.ts'
import { answersSince, createRun, note, type Run } from '../../src/ui/run/run.ts'

/** @param seconds after the beginning of the run */
function ended(run: Run, seconds: number, rest: Partial<Observation>): void {
  const time = run.started + seconds * 1000
  const times = { due: time, sent: time, done: time + 1 }
  note(run, { mode: 'reuse', index: 0, outcome: 'answered', ...times, ...rest })
}

const begins = (run: Run, lane: string) => run.marks.recent.get(lane)?.map((mark) => mark.begins)

test('the first mark of a process life says so, but not in the first seconds', () => {
  const run = createRun()
  ended(run, 1, { replica: 'a', boot: 'b1' })
  ended(run, 10, { replica: 'a', boot: 'b1' })
  ended(run, 11, { replica: 'a', boot: 'b2' })
  ended(run, 12, { replica: 'a', boot: 'b2' })
  ended(run, 13, { replica: 'late', boot: 'b3' })
  ended(run, 14, { replica: 'late', boot: 'b3' })
  expect(begins(run, 'a')).toEqual([false, false, true, false])
  expect(begins(run, 'late')).toEqual([true, false])
})

test('counts the answers of late, and no failure', () => {
  const run = createRun()
  for (const seconds of [1, 2, 3]) {
    ended(run, seconds, { replica: 'a', boot: 'b1' })
    ended(run, seconds, { replica: 'b', boot: 'b2', draining: true })
    ended(run, seconds, { outcome: 'proxy-error', status: 502 })
  }
  expect(answersSince(run, run.started + 1500)).toBe(4)
})

test('what no replica answered begins no life, and what only fails begins one', () => {
  const run = createRun()
  for (const seconds of [10, 11, 12]) {
    ended(run, seconds, { outcome: 'proxy-error', status: 502 })
    ended(run, seconds, { outcome: 'replica-error', status: 500, replica: 'sick', boot: 'b1' })
  }
  expect(begins(run, nobody)).toEqual([false, false, false])
  expect(begins(run, 'sick')).toEqual([true, false, false])
})
