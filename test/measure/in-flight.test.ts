import { expect, test } from 'vitest'
import { addInFlight, createInFlight, takeEnded } from '../../src/measure/order/in-flight.ts'
import { seeded } from './random.ts'

test('requests leave in the order in which they end, however they come', () => {
  const draw = seeded(1)
  const inFlight = createInFlight()
  const waiting: number[] = []
  for (let time = 0; time < 1000; time += 1) {
    const end = time + 50 * draw()
    addInFlight(inFlight, end, `${end}`)
    waiting.push(end)
    waiting.sort((a, b) => a - b)
    while (waiting[0] !== undefined && waiting[0] <= time) {
      expect(takeEnded(inFlight, time)).toBe(`${waiting.shift()}`)
    }
    expect(takeEnded(inFlight, time)).toBeUndefined()
  }
})
