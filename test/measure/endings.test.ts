import { expect, test } from 'vitest'
import { addEnding, createEndings, takeEnding } from '../../src/measure/order/endings.ts'
import { seeded } from './random.ts'

test('answers leave in the order in which they came in, however many wait', () => {
  const draw = seeded(1)
  const endings = createEndings()
  const waiting: string[] = []
  for (let time = 0; time < 1000; time += 1) {
    addEnding(endings, time, `web-${time}`)
    waiting.push(`web-${time}`)
    // Fewer leave than come, so that the ring grows time and again while it is turned.
    if (draw() < 0.6) expect(takeEnding(endings, time)).toBe(waiting.shift())
  }
  for (const name of waiting) expect(takeEnding(endings, Infinity)).toBe(name)
  expect(takeEnding(endings, Infinity)).toBeUndefined()
})

test('an answer that came in later stays', () => {
  const endings = createEndings()
  addEnding(endings, 2, 'web-0')
  expect(takeEnding(endings, 1)).toBeUndefined()
  expect(takeEnding(endings, 2)).toBe('web-0')
})
