import { expect, test } from 'vitest'
import { now } from '../../src/probe/clock.ts'
import { createClosedLoop } from '../../src/probe/load/closed-loop.ts'
import type { Pacer } from '../../src/probe/load/load.ts'
import { createOpenLoop } from '../../src/probe/load/open-loop.ts'

/** A run in which every request is answered at the next turn of the event loop. */
async function run(create: (send: (due: number) => void) => Pacer) {
  const sent: { due: number; at: number }[] = []
  let inFlight = 0
  let most = 0
  const pacer = create((due) => {
    sent.push({ due, at: now() })
    inFlight += 1
    most = Math.max(most, inFlight)
    setImmediate(() => {
      inFlight -= 1
      pacer.settled(now())
    })
  })
  pacer.start()
  await pacer.finished
  return { sent, most, inFlight }
}

test('a closed loop keeps so many in flight, and sends so many in all', async () => {
  const amount = { requests: 100, duration: Infinity, concurrency: 7 }
  const { sent, most, inFlight } = await run((send) => createClosedLoop(amount, send))
  expect(sent).toHaveLength(100)
  expect(most).toBe(7)
  expect(inFlight).toBe(0)
})

test('a closed loop ends with its time', async () => {
  const amount = { requests: Infinity, duration: 20, concurrency: 2 }
  const { sent } = await run((send) => createClosedLoop(amount, send))
  const [first] = sent
  expect(sent.every(({ due }) => due < (first?.due ?? 0) + 20)).toBe(true)
})

test.for([20, 3000])(
  'at %i per second each request is due by the schedule, never early',
  async (rate) => {
    const amount = { requests: rate / 10, duration: Infinity, concurrency: 1000 }
    const { sent } = await run((send) => createOpenLoop(rate, amount, send))
    expect(sent).toHaveLength(rate / 10)
    const begin = sent[0]?.due ?? NaN
    for (const [k, { due, at }] of sent.entries()) {
      expect(due).toBeCloseTo(begin + (k * 1000) / rate, 2)
      expect(at).toBeGreaterThanOrEqual(due)
    }
  },
)

test('a duration at a rate is a number of requests', async () => {
  const amount = { requests: Infinity, duration: 50, concurrency: 1000 }
  const { sent } = await run((send) => createOpenLoop(1000, amount, send))
  expect(sent).toHaveLength(50)
})

test('a request that is held back by a stall stays due when it was', async () => {
  const due: number[] = []
  const amount = { requests: 4, duration: Infinity, concurrency: 1 }
  const pacer = createOpenLoop(1000, amount, (time) => {
    due.push(time)
  })
  pacer.start()
  // Nothing is answered until all of them are overdue.
  while (now() < (due[0] ?? NaN) + 10) await new Promise(setImmediate)
  expect(due).toHaveLength(1)
  for (let answer = 0; answer < 4; answer += 1) pacer.settled(now())
  await pacer.finished
  const [begin = NaN] = due
  expect(due.map((time) => Math.round(time - begin))).toEqual([0, 1, 2, 3])
})

test('after a stop nothing more is sent', async () => {
  let sent = 0
  const amount = { requests: 100, duration: Infinity, concurrency: 10 }
  const pacer = createOpenLoop(10_000, amount, () => {
    sent += 1
    pacer.stop()
  })
  pacer.start()
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate)
  expect(sent).toBe(1)
})
