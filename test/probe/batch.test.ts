import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createBatch } from '../../src/probe/batch.ts'

test('work is done in order, a little later', async () => {
  const done: number[] = []
  const batch = createBatch((item: number) => done.push(item))
  batch.add(1)
  batch.add(2)
  expect(done).toEqual([])
  await setImmediate()
  await setImmediate()
  await setImmediate()
  expect(done).toEqual([1, 2])
})

test('one alone is work enough, also after others', async () => {
  const done: number[] = []
  const batch = createBatch((item: number) => done.push(item))
  for (const item of [1, 2]) {
    batch.add(item)
    await setImmediate()
    await setImmediate()
    await setImmediate()
    expect(done).toHaveLength(item)
  }
})

test('what is left can be done at once, and is not done again', async () => {
  const done: number[] = []
  const batch = createBatch((item: number) => done.push(item))
  batch.add(1)
  batch.finish()
  batch.add(2)
  batch.finish()
  expect(done).toEqual([1, 2])
  await setImmediate()
  await setImmediate()
  await setImmediate()
  expect(done).toEqual([1, 2])
})
