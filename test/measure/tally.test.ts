import { describe, expect, test } from 'vitest'
import { maxJars } from '../../src/measure/affinity/jars.ts'
import { tallyFromJson, tallyToJson } from '../../src/measure/tally.ts'
import type { ConnectionMode, Observation } from '../../src/measure/observation.ts'
import type { Tally } from '../../src/measure/tally.ts'
import { createObserver, maxReplicas, mergeTallies } from '../../src/measure/tally.ts'
import { judge } from '../../src/measure/verdicts.ts'
import { random, roundRobin, sticky } from './balancers.ts'
import { answered, tallyOf } from './observations.ts'
import { seeded } from './random.ts'
import { simulate } from './simulation.ts'

/** A run with everything in it: failures, restarts, drains, versions, timestamps, unnamed answers. */
function eventfulRun(mode: ConnectionMode, seed: number, later = 0, served = 0): Observation[] {
  const draw = seeded(seed)
  const balancer = random(4, draw)
  const run = simulate({ balancer, replicas: 4, draw, mode, concurrency: 8, workers: 2 })
  return run.map((observation, i) => {
    const moved = {
      ...observation,
      due: observation.due + later - draw(),
      sent: observation.sent + later,
      done: observation.done + later,
    }
    // The last ones succeed, so that no outage reaches from one run into the next.
    const dice = i < run.length - 20 ? draw() : 1
    if (dice < 0.02) return { ...moved, outcome: 'refused', status: undefined, replica: undefined }
    if (dice < 0.04) return { ...moved, outcome: 'replica-error', status: 503 }
    if (dice < 0.06) return { ...moved, replica: undefined }
    return {
      ...moved,
      boot: i < 500 ? 'a' : 'b',
      n: i + served,
      draining: dice < 0.1,
      version: i < 300 ? '1.0' : '1.1',
      timestamp: (moved.sent + 1) / 1000,
    }
  })
}

const reused = eventfulRun('reuse', 1)
const fresh = eventfulRun('new', 2, 60_000, reused.length)

test('merging two tallies equals one tally of both', () => {
  const merged = mergeTallies(tallyOf(reused, 'a'), tallyOf(fresh, 'b'))
  const behind = fresh.map((one) => ({ ...one, index: one.index + reused.length }))
  const both = tallyOf(reused, 'a')
  both.vantage = 'b'
  behind.forEach(createObserver(both))
  both.vantage = 'a'
  // What is about the order of requests ends with a run: the first request of one does not follow the
  // last of another.
  const ofOrder = ['choices', 'presence', 'dispersion']
  const counted = (tally: Tally): unknown =>
    JSON.parse(
      JSON.stringify(tallyToJson(tally), (key, value: unknown) =>
        ofOrder.includes(key) ? undefined : value,
      ),
    )
  expect(counted(merged)).toEqual(counted(both))
})

test('merging is the same both ways round', () => {
  const [a, b] = [tallyOf(reused), tallyOf(fresh)]
  expect(judge(mergeTallies(a, b))).toEqual(judge(mergeTallies(b, a)))
})

test('merging does not change what it merges', () => {
  const [a, b] = [tallyOf(reused), tallyOf(eventfulRun('reuse', 3))]
  const before = [JSON.stringify(tallyToJson(a)), JSON.stringify(tallyToJson(b))]
  mergeTallies(a, b)
  expect([JSON.stringify(tallyToJson(a)), JSON.stringify(tallyToJson(b))]).toEqual(before)
})

test('what was merged can be merged again', () => {
  const tallies = Array.from({ length: 5 }, (_, i) => tallyOf(eventfulRun('new', i), `probe-${i}`))
  const [first, ...others] = tallies
  if (!first) throw new Error('there are five')
  const verdicts = judge(others.reduce(mergeTallies, first))
  expect(verdicts.failures.requests).toBe(5000)
  expect(verdicts.order.verdict).toBe('random')
  expect(verdicts.balance.verdict).toBe('even')
})

describe('as JSON', () => {
  const tally = tallyOf([...reused, ...fresh])
  const text = JSON.stringify(tallyToJson(tally))

  test('a tally comes back without loss', () => {
    const again = tallyFromJson(JSON.parse(text))
    expect(JSON.stringify(tallyToJson(again))).toBe(text)
    expect(judge(again)).toEqual(judge(tally))
  })

  test('an empty tally does too', () => {
    const empty = JSON.stringify(tallyToJson(tallyOf([])))
    expect(JSON.stringify(tallyToJson(tallyFromJson(JSON.parse(empty))))).toBe(empty)
  })

  test('names of replicas may be anything', () => {
    const odd = ['__proto__', 'constructor', '', '✓', 'a b'].map((replica) => answered({ replica }))
    const again = tallyFromJson(JSON.parse(JSON.stringify(tallyToJson(tallyOf(odd)))))
    expect(
      judge(again)
        .balance.replicas.map(({ replica }) => replica)
        .sort(),
    ).toEqual(['', '__proto__', '✓', 'a b', 'constructor'].sort())
  })

  test('verdicts are plain JSON', () => {
    const verdicts = judge(tally)
    expect(JSON.parse(JSON.stringify(verdicts))).toEqual(
      JSON.parse(JSON.stringify(structuredClone(verdicts))),
    )
    expect(JSON.stringify(verdicts)).not.toContain('null')
  })

  test.each([
    ['nothing', undefined],
    ['something else', { hello: 'world' }],
    ['a count that is none', { ...tallyToJson(tally), failures: { requests: -1 } }],
  ])('%s is refused', (_name, json) => {
    expect(() => tallyFromJson(json)).toThrow()
  })
})

describe('memory is bounded', () => {
  test('five times the requests make hardly more of a tally', () => {
    const size = (requests: number) => {
      const draw = seeded(1)
      const run = { balancer: roundRobin(3), replicas: 3, draw, concurrency: 16, requests }
      return JSON.stringify(tallyToJson(tallyOf(simulate({ ...run, mode: 'new' })))).length
    }
    expect(size(100_000)).toBeLessThan(1.5 * size(20_000))
  })

  test('so many cookie jars are followed, and no more', () => {
    const tally = tallyOf(
      Array.from({ length: maxJars + 1000 }, (_, index) => answered({ index, jar: index })),
    )
    expect(tally.jars.last.size).toBe(maxJars)
    expect(judge(tally).affinity.jars).toBe(maxJars)
  })

  test('names beyond a thousand are dropped: they are no replicas', () => {
    const tally = tallyOf(
      Array.from({ length: 3000 }, (_, index) => answered({ index, replica: `request-${index}` })),
    )
    expect(tally.latency.replicas.size).toBe(maxReplicas)
    expect(judge(tally).balance.unattributed).toBe(2000)
  })
})

test('an error of the proxy is a failure, not an answer without a name', () => {
  const nameless = { replica: undefined }
  const verdicts = judge(
    tallyOf([answered(nameless), answered({ ...nameless, outcome: 'proxy-error', status: 502 })]),
  )
  expect(verdicts.balance.unattributed).toBe(1)
  expect(verdicts.failures.failures).toBe(1)
})

describe('clients on several machines', () => {
  const seenBy = (vantage: string, replica: number) =>
    tallyOf(
      simulate({ balancer: sticky(replica), replicas: 3, draw: seeded(replica), requests: 50 }),
      vantage,
    )

  test('that each keep one replica, not all the same, show a sticky balancer', () => {
    const { order } = judge(mergeTallies(seenBy('a', 0), seenBy('b', 2)))
    expect(order).toMatchObject({ verdict: 'sticky', by: 'client' })
  })

  test('that all reach the same replica do not', () => {
    const { order } = judge(mergeTallies(seenBy('a', 1), seenBy('b', 1)))
    expect(order.verdict).toBe('one-replica')
  })
})

test('both modes: pinning shows where fresh connections reach more', () => {
  const draw = seeded(4)
  const reuse = simulate({ balancer: sticky(1), replicas: 3, draw, requests: 500 })
  const renew = simulate({
    balancer: roundRobin(3),
    replicas: 3,
    draw,
    requests: 500,
    mode: 'new',
  })
  const { pinning, order, balance } = judge(mergeTallies(tallyOf(reuse), tallyOf(renew)))
  expect(pinning).toMatchObject({ verdict: 'pinned', further: 499, sameReplica: 499 })
  expect(pinning.sentence).toContain(
    '499 of 499 further requests on a connection reached its replica again',
  )
  expect(order).toMatchObject({ verdict: 'sticky', by: 'connection' })
  expect(order.turns.turns).toBe('round-robin')
  expect(balance).toMatchObject({ verdict: 'even', unit: 'connections' })
})
