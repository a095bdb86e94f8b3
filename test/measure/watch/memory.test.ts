import { expect, test } from 'vitest'
import { simulateMonth } from '../../model/watch/month.ts'
import { sizeOf } from '../../model/watch/size.ts'
import { refused, watchTarget } from './observed.ts'

// A whole month, at 5 a second, is simulated by `npm run watch-verdicts`.
test('what a watch keeps is not more after three days than after one', () => {
  const sizes: number[] = []
  const { target } = simulateMonth(2, 3, (watch) => sizes.push(sizeOf(watch)))
  expect(Math.max(...sizes)).toBeLessThan(1000 + 500 * (target.replicas + 100))
  expect(sizes.at(-1)).toBeLessThan((sizes[0] ?? 0) * 1.1)
})

test('nor after ten thousand replicas, ways of failing and outages', () => {
  const target = watchTarget()
  const troubled = (n: number) => {
    if (n % 7 === 0)
      return { ...refused, outcome: 'replica-error', status: 500 + (n % 99) } as const
    if (n % 3600 < 200) return refused
    return { replica: `web-${Math.floor(n / 20) + (n % 3)}`, boot: `${Math.floor(n / 100)}` }
  }
  target.ask(2 * 3600, troubled)
  const before = sizeOf(target.watch)
  target.told()
  target.ask(8 * 3600, troubled)
  target.told()
  expect(sizeOf(target.watch)).toBeLessThan(before * 1.2)
})
