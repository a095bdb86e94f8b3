import { expect, test } from 'vitest'
import { createDurations } from '../../../src/adapters/node/durations.ts'

const get = { method: 'GET', route: '/', status: 200 }

test('each bucket counts what took at most as long as its bound', () => {
  const durations = createDurations('seconds', 'What they took.', [0.5, 1])
  for (const seconds of [0.25, 0.5, 0.75, 4]) durations.observe(get, seconds)
  const labels = 'method="GET",route="/",status="200"'
  expect(durations.text()).toBe(
    `# HELP seconds What they took.
# TYPE seconds histogram
seconds_bucket{le="0.5",${labels}} 2
seconds_bucket{le="1",${labels}} 3
seconds_bucket{le="+Inf",${labels}} 4
seconds_sum{${labels}} 5.5
seconds_count{${labels}} 4
`,
  )
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
