import { expect, test } from 'vitest'
import { createDurations } from '../../../../src/adapters/node/observe/durations.ts'

const get = { method: 'GET', route: '/', status: 200 }

test('each bucket counts what took at most as long as its bound', async () => {
  const durations = createDurations('seconds', 'What they took.', [0.5, 1])
  for (const seconds of [0.25, 0.5, 0.75, 4]) durations.observe(get, seconds)
  const { values } = await durations.get()
  expect(values).toEqual([
    { metricName: 'seconds_bucket', labels: { le: 0.5, ...get }, value: 2 },
    { metricName: 'seconds_bucket', labels: { le: 1, ...get }, value: 3 },
    { metricName: 'seconds_bucket', labels: { le: '+Inf', ...get }, value: 4 },
    { metricName: 'seconds_sum', labels: get, value: 5.5 },
    { metricName: 'seconds_count', labels: get, value: 4 },
  ])
})

test('requests that differ in method, route or status are counted apart', () => {
  const durations = createDurations('seconds', 'What they took.', [1])
  const others = [
    { ...get, method: 'HEAD' },
    { ...get, route: '/version' },
    { ...get, status: 500 },
  ]
  for (const labels of [get, get, ...others]) durations.observe(labels, 0)
  expect([...durations.series()].map(({ count }) => count)).toEqual([2, 1, 1, 1])
})
