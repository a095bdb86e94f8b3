import { expect, test } from 'vitest'
import type { Observation } from '../../src/measure/observation.ts'
import { mergeTallies, tallyFromJson, tallyToJson } from '../../src/measure/tally.ts'
import { judge } from '../../src/measure/verdicts.ts'
import { answered, tallyOf } from './observations.ts'
import { seeded } from './random.ts'
import { start } from './simulation.ts'

const draw = seeded(3)

/** Requests for URLs that are drawn, each over one of ten connections. */
function asking(
  urls: number,
  requests: number,
  replica: (url: number, index: number) => number,
  differ: Partial<Observation> = {},
) {
  return Array.from({ length: requests }, (_, index) => {
    const key = Math.floor(draw() * urls)
    const sent = start + 3 * index
    const times = { due: sent, sent, done: sent + 2 }
    const name = `web-${replica(key, index)}`
    return answered({ index, ...times, key, connection: index % 10, replica: name, ...differ })
  })
}

test.for([2, 3, 20])('a hash of %i URLs: each keeps its replica', (urls) => {
  const tally = tallyOf(asking(urls, 1000, (url) => url % 3))
  for (const same of [tally, tallyFromJson(tallyToJson(tally))]) {
    const { order, affinity, balance, pinning } = judge(same)
    expect(order).toMatchObject({ verdict: 'sticky', by: 'URL' })
    expect(order.sentence).toMatch(/^A URL keeps its replica/)
    expect(affinity.verdict).toBe('url')
    expect(pinning.verdict).toBe('not-pinned')
    expect(balance.unit).toBe('URLs')
    // A few URLs say little of how evenly many would be spread.
    expect(balance.verdict).toBe('cannot-tell')
  }
})

test('two probes of the same URLs are added', () => {
  const some = () => tallyOf(asking(5, 200, (url) => url % 2))
  expect(judge(mergeTallies(some(), some())).order).toMatchObject({ verdict: 'sticky', by: 'URL' })
})

test('URLs that move once, when a replica leaves, still keep theirs', () => {
  const moving = asking(20, 3000, (url, index) => (index < 1500 ? url % 3 : url % 2))
  expect(judge(tallyOf(moving)).affinity.verdict).toBe('url')
})

test('replicas of different URLs are not compared by how fast they are', () => {
  const one = asking(6, 1000, (url) => url % 3).map((observation) => ({
    ...observation,
    done: observation.sent + (observation.replica === 'web-0' ? 200 : 2),
  }))
  expect(judge(tallyOf(one.toSorted((a, b) => a.done - b.done))).slow.verdict).toBe('cannot-tell')
})

test.for<[string, (url: number, index: number) => number]>([
  ['turns', (_url, index) => index % 3],
  ['weights of 19 to 1 in turn', (_url, index) => (index % 20 === 0 ? 1 : 0)],
  ['chance', () => Math.floor(3 * draw())],
  ['a replica that gets one in a hundred', () => (draw() < 0.01 ? 1 : 0)],
  ['one replica after the other', (_url, index) => (index < 10_000 ? 0 : 1)],
])('no hash is made up of %s', ([, replica]) => {
  for (const urls of [2, 7]) {
    const { order, affinity } = judge(tallyOf(asking(urls, 20_000, replica)))
    expect([affinity.verdict, order.by]).not.toEqual(['url', 'URL'])
  }
})

test('where each request has something of its own, chance may be a hash, and that is said', () => {
  const drawn = asking(1, 2000, () => Math.floor(3 * draw()), { key: 'own' })
  const { order } = judge(tallyOf(drawn))
  expect(order.sentence).toBe('At random. A hash of what {n} changes looks the same.')
  const turns = asking(1, 2000, (_url, index) => index % 3, { key: 'own' })
  const inTurn = judge(tallyOf(turns)).order
  expect(inTurn.verdict).toBe('cannot-tell')
  expect(inTurn.sentence).toContain('Without {n} it can be told.')
})
