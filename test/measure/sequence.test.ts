import { expect, test } from 'vitest'
import { createSequence, inSendingOrder } from '../../src/measure/order/sequence.ts'
import { answered } from './observations.ts'
import { seeded } from './random.ts'

function sendingOrder(indices: number[]): number[] {
  const sequence = createSequence()
  const order: number[] = []
  for (const index of indices) {
    inSendingOrder(sequence, answered({ index }), (next) => order.push(next.index))
  }
  return order
}

test('gives requests back in the order of sending', () => {
  const draw = seeded(1)
  const jittered = Array.from({ length: 1000 }, (_, index) => ({ index, end: index + 20 * draw() }))
  jittered.sort((a, b) => a.end - b.end)
  expect(sendingOrder(jittered.map(({ index }) => index))).toEqual(
    Array.from({ length: 1000 }, (_, index) => index),
  )
})

test('waits for one that is still on its way', () => {
  expect(sendingOrder([0, 2, 3])).toEqual([0])
  expect(sendingOrder([0, 2, 3, 1])).toEqual([0, 1, 2, 3])
})

test('passes over one that does not come, and gives it back when it does', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => i + 1)
  expect(sendingOrder(many)).toEqual(many)
  expect(sendingOrder([...many, 0])).toEqual([...many, 0])
})
