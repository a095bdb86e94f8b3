import { expect, test, vi } from 'vitest'
import { createLateRequests } from '../../../src/adapters/server/late-requests.ts'

test('requests after the drain has begun are counted, without health checks', () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(1000)
  const late = createLateRequests({ isHealthCheck: (target) => target === '/readyz' })
  late.note('/')
  late.begin()
  expect(late.count()).toEqual({ requests: 0, lastRequestAfter: 0 })
  now.mockReturnValue(2500)
  late.note('/')
  now.mockReturnValue(9000)
  late.note('/readyz')
  expect(late.count()).toEqual({ requests: 1, lastRequestAfter: 1.5 })
  now.mockRestore()
})
