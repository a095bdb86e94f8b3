import { describe, expect, test } from 'vitest'
import type { Observation } from '../../src/measure/observation.ts'
import { mergeTallies } from '../../src/measure/tally.ts'
import { judge } from '../../src/measure/verdicts.ts'
import { answered, tallyOf } from './observations.ts'
import { seeded } from './random.ts'
import { start } from './simulation.ts'

/** Requests with round trips of 1 to 21 ms, each way of its own length, to replicas whose clocks are `offsets` ms ahead. */
function requests(offsets: number[], seed: number): Observation[] {
  const draw = seeded(seed)
  return Array.from({ length: 100 }, (_, index) => {
    const sent = start + index * 100
    const there = 0.5 + 10 * draw()
    const back = 0.5 + 10 * draw()
    const which = index % offsets.length
    const clock = sent + there + (offsets[which] ?? 0)
    const timestamp = Math.round(clock * 1000) / 1e6
    return answered({ index, sent, done: sent + there + back, replica: `web-${which}`, timestamp })
  })
}

test('the true offset always lies within the bound', () => {
  for (let seed = 0; seed < 200; seed++) {
    const { replicas } = judge(tallyOf(requests([0, 250, -3], seed))).clocks
    const errors = replicas.map(({ offset, bound }, i) => {
      return Math.abs(offset - ([0, 250, -3][i] ?? 0)) - bound
    })
    expect(Math.max(...errors), `seed ${seed}`).toBeLessThan(0)
  }
})

test('a clock 250 ms ahead is named, with its bound', () => {
  const { clocks } = judge(tallyOf(requests([0, 250], 1)))
  expect(clocks.replicas).toMatchObject([
    { replica: 'web-0', verdict: 'cannot-tell' },
    { replica: 'web-1', verdict: 'ahead' },
  ])
  expect(clocks.furthest).toMatchObject({ first: 'web-1', second: 'web-0', verdict: 'apart' })
  expect(Math.abs((clocks.furthest?.difference ?? 0) - 250)).toBeLessThan(
    clocks.furthest?.bound ?? 0,
  )
  expect(clocks.sentence).toMatch(/clock of web-1 is 2[45]\d ms ahead of that of web-0 \(± /)
})

test('a clock behind is named too', () => {
  expect(judge(tallyOf(requests([-80], 1))).clocks.replicas).toMatchObject([{ verdict: 'behind' }])
})

test('no clock is behind because a cache had its answer before the run', () => {
  const cached = { timestamp: start / 1000 - 60, boot: 'b', n: 7 }
  const old = [0, 1, 2].map((index) => answered({ index, ...cached }))
  const { clocks } = judge(tallyOf(old))
  expect(clocks.replicas).toEqual([])
  expect(clocks.sentence).toBe('No fresh answer says its time.')
  const fresh = answered({ index: 3, replica: 'web-1', boot: 'c', n: 1, timestamp: start / 1000 })
  expect(judge(tallyOf([...old, fresh])).clocks.replicas).toMatchObject([{ replica: 'web-1' }])
})

test('a difference within the bound cannot be told', () => {
  const { clocks } = judge(tallyOf(requests([0, 0.2], 1)))
  expect(clocks.furthest?.verdict).toBe('cannot-tell')
  expect(clocks.sentence).toMatch(/agree to within/)
})

test('only the smallest round trip counts, wherever it comes', () => {
  const slow = answered({ sent: start, done: start + 100, timestamp: (start + 95) / 1000 })
  const fast = answered({ sent: start, done: start + 2, timestamp: (start + 1) / 1000 })
  for (const order of [
    [slow, fast],
    [fast, slow],
  ]) {
    const [reading] = judge(tallyOf(order)).clocks.replicas
    expect(reading?.bound).toBeCloseTo(1.001, 6)
    expect(reading?.offset).toBeCloseTo(0, 3)
  }
})

describe('several machines that measure', () => {
  const here = tallyOf(requests([0, 250], 1), 'here')
  // This machine's own clock is 40 ms behind, so every replica looks 40 ms further ahead.
  const there = tallyOf(requests([40, 290], 2), 'there')
  const { clocks } = judge(mergeTallies(here, there))

  test('keep their readings apart', () => {
    expect(clocks.replicas.map(({ vantage, verdict }) => `${vantage} ${verdict}`)).toEqual([
      'here cannot-tell',
      'there ahead',
      'here ahead',
      'there ahead',
    ])
  })

  test('agree on the difference between replicas', () => {
    const { difference = 0, bound = 0 } = clocks.furthest ?? {}
    expect(Math.abs(difference - 250)).toBeLessThan(bound)
  })
})

test('connecting comes before the round trip', () => {
  const exact = { sent: start, written: start + 90, done: start + 100, replica: 'web-0' }
  const timestamp = (start + 95) / 1000
  const [reading] = judge(tallyOf([answered({ ...exact, timestamp })])).clocks.replicas
  expect(reading?.offset).toBeCloseTo(0, 3)
  expect(reading?.bound).toBeCloseTo(5, 2)
})

test('without timestamps nothing is compared', () => {
  expect(judge(tallyOf([answered()])).clocks).toMatchObject({ replicas: [] })
})
