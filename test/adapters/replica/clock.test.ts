import { describe, expect, test } from 'vitest'
import { createClock } from '../../../src/adapters/replica/clock.ts'

/** Two clocks over the same true time, in milliseconds: one in whole ones, one with an error. */
function simulate(drift: number) {
  const start = 1_680_353_669_546.823
  const time = { now: start, step: 0 }
  const clock = createClock(
    () => Math.floor(time.now + time.step),
    () => (time.now - start) * (1 + drift),
    start,
  )
  /** Seconds by which the clock is off the wall clock. */
  const error = () => clock() - (time.now + time.step) / 1000
  return { time, clock, error }
}

const day = 86_400_000

describe('the clock', () => {
  test('gives Unix seconds in whole microseconds', () => {
    const wall = 1_680_353_669_546
    let elapsed = 0
    const clock = createClock(
      () => wall,
      () => elapsed,
      wall,
    )
    expect(clock()).toBe(1680353669.546)
    elapsed = 0.8234
    expect(clock()).toBe(1680353669.546823)
    expect(JSON.stringify(clock())).toBe('1680353669.546823')
  })

  // 500 ppm is what NTP corrects at most; a machine's own clock is off by a tenth of that.
  test.for([0, 500e-6, -500e-6])(
    'follows the system clock for 400 days with a drift of %d',
    (drift) => {
      const { time, error } = simulate(drift)
      for (; time.now < 1_680_353_669_546 + 400 * day; time.now += day / 24 + 0.377)
        expect(Math.abs(error())).toBeLessThan(0.001)
    },
  )

  test.for([2500, -2500])('follows a step of the system clock by %d ms at once', (step) => {
    const { time, error } = simulate(0)
    time.now += day
    time.step = step
    expect(Math.abs(error())).toBeLessThan(0.001)
  })

  test('never runs backwards while the system clock does not', () => {
    const { time, clock } = simulate(500e-6)
    let last = clock()
    for (let i = 0; i < 100_000; i += 1) {
      time.now += 0.013
      const now = clock()
      expect(now).toBeGreaterThanOrEqual(last)
      last = now
    }
  })

  test('knows the fraction of the millisecond from its first reading on', () => {
    const origin = 1_680_353_669_500.25
    const time = { now: origin + 46.573 }
    const clock = createClock(
      () => Math.floor(time.now),
      () => time.now - origin,
      origin,
    )
    for (; time.now < origin + 50; time.now += 0.777)
      expect(Math.abs(clock() - time.now / 1000)).toBeLessThan(2e-6)
  })

  test('is not misled when the process is put off between its two readings', () => {
    const origin = 1_680_353_669_500
    const time = { now: origin, putOff: 0 }
    const clock = createClock(
      () => Math.floor(time.now),
      () => {
        time.now += time.putOff
        time.putOff = 0
        return time.now - origin
      },
      origin,
    )
    for (let i = 0; i < 1000; i += 1) {
      time.now += 0.377
      time.putOff = i % 7 === 0 ? 0.4 : 0
      expect(Math.abs(clock() - time.now / 1000)).toBeLessThan(2e-6)
    }
  })

  test('tells the microseconds within a millisecond apart', () => {
    const { time, clock } = simulate(0)
    const seen = new Set<number>()
    for (let i = 0; i < 1000; i += 1, time.now += 0.1) seen.add(clock())
    expect(seen.size).toBeGreaterThan(950)
  })

  test('by default shows the time of this machine', () => {
    const clock = createClock()
    const before = Date.now()
    const now = clock() * 1000
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThan(Date.now() + 1)
  })
})
