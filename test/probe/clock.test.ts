import { expect, test } from 'vitest'
import { now } from '../../src/probe/clock.ts'

test('the clock agrees with the wall clock, of which it is a fraction of a millisecond finer', () => {
  const before = Date.now()
  const time = now()
  const after = Date.now()
  // Date.now() counts whole milliseconds, and the wall clock may be slewed while we run.
  expect(time).toBeGreaterThanOrEqual(before - 1)
  expect(time).toBeLessThanOrEqual(after + 2)
})
