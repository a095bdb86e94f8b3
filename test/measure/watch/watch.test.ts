import { expect, test } from 'vitest'
import { tellChange } from '../../../src/measure/sentences/watch.ts'
import { conditionsOf, membersOf } from '../../../src/measure/watch/watch.ts'
import { by, refused, watchTarget } from './observed.ts'

/** A target that has been well for so many seconds, and of which all is told so far. */
function wellFor(seconds: number) {
  const target = watchTarget()
  target.ask(seconds)
  target.told()
  return target
}

test('whom it finds is told once, after half a minute', () => {
  const target = watchTarget()
  target.ask(29)
  expect(target.told()).toEqual([])
  target.ask(600)
  expect(target.told()).toMatchObject([
    { change: 'replicas-seen', replicas: ['web-1', 'web-2', 'web-3'] },
  ])
})

test('an outage is told once when it begins and once when it ends, and as nothing else', () => {
  const target = wellFor(600)
  target.ask(60, () => refused)
  const [outage, ...others] = target.told()
  expect(others).toEqual([])
  expect(outage).toMatchObject({ change: 'outage', failures: 20 })
  expect(outage?.at).toBeLessThan(605)
  expect(conditionsOf(target.watch)).toMatchObject({ outage: 1, failures: 0, 'replica-lost': 0 })
  target.ask(600)
  expect(target.told()).toMatchObject([{ change: 'outage-over', failures: 300 }])
  expect(conditionsOf(target.watch)).toMatchObject({ outage: 0, failures: 0, 'replica-lost': 0 })
})

test('where half of the requests fail, twenty in a row are no outage', () => {
  const target = wellFor(600)
  target.ask(60, (n) => (n % 2 === 0 ? refused : {}))
  target.ask(4, () => refused)
  target.ask(60, (n) => (n % 2 === 0 ? refused : {}))
  expect(target.told().map(({ change }) => change)).toEqual(['failures'])
})

test('one request in twenty that fails is told, and that it is over', () => {
  const target = wellFor(3600)
  target.ask(30, (n) => (n % 20 === 7 ? { ...refused, outcome: 'proxy-error', status: 502 } : {}))
  const [failures, ...others] = target.told()
  expect(others).toEqual([])
  expect(failures).toMatchObject({ change: 'failures', kinds: [{ status: 502 }] })
  expect(failures?.at).toBeLessThan(3615)
  target.ask(300)
  expect(target.told()).toMatchObject([{ change: 'failures-over', failures: 8, requests: 141 }])
})

test('what fails now and then anyway is learned, and not told', () => {
  const target = watchTarget()
  target.ask(24 * 3600, (n) => (n % 1000 < 2 ? refused : {}))
  expect(target.told().map(({ change }) => change)).toEqual(['replicas-seen'])
})

test('a lost replica is told, and that it answers again', () => {
  const target = wellFor(600)
  target.ask(60, by('web-1', 'web-3'))
  const [lost, ...others] = target.told()
  expect(others).toEqual([])
  expect(lost).toMatchObject({ change: 'replica-lost', replica: 'web-2' })
  expect(lost?.at).toBeLessThan(630)
  expect(membersOf(target.watch).map((one) => one.lost !== undefined)).toEqual([false, true, false])
  target.ask(60)
  expect(target.told()).toMatchObject([{ change: 'replica-back', replica: 'web-2' }])
  expect(conditionsOf(target.watch)).toMatchObject({ 'replica-lost': 0 })
})

test('one of twenty that take turns is told within half a minute, once turns are known', () => {
  const names = Array.from({ length: 20 }, (_, one) => `web-${one + 100}`)
  const target = watchTarget()
  target.ask(1800, by(...names))
  target.told()
  target.ask(60, (n) => ({ replica: names[n % 20 === 7 ? 8 : n % 20] }))
  const [lost, ...others] = target.told()
  expect(others).toEqual([])
  expect(lost).toMatchObject({ change: 'replica-lost', replica: 'web-107' })
  expect(lost?.at).toBeLessThan(1830)
})

test('a replica that is lost for an hour is expected no more', () => {
  const target = wellFor(600)
  target.ask(2 * 3600, by('web-1', 'web-3'))
  expect(target.told().map(({ change }) => change)).toEqual(['replica-lost', 'replica-given-up'])
})

test('a replica that said that it drains is not lost', () => {
  const target = wellFor(600)
  target.ask(3, (n) => ({ draining: n % 3 === 1 }))
  target.ask(60, by('web-1', 'web-3'))
  expect(target.told()).toMatchObject([{ change: 'replica-drained', replica: 'web-2' }])
  expect(conditionsOf(target.watch)).toMatchObject({ 'replica-lost': 0 })
})

test('a replica that another takes the place of is not lost, whichever comes first', () => {
  const target = wellFor(600)
  target.ask(60, by('web-1', 'web-2', 'web-3', 'web-4'))
  target.ask(60, by('web-1', 'web-3', 'web-4'))
  expect(target.told()).toMatchObject([
    { change: 'replica-new', replica: 'web-4' },
    { change: 'replica-replaced', replica: 'web-2', by: 'web-4', lost: false },
  ])
  target.ask(60, by('web-3', 'web-4'))
  target.ask(60, by('web-3', 'web-4', 'web-5'))
  expect(target.told()).toMatchObject([
    { change: 'replica-lost', replica: 'web-1' },
    { change: 'replica-new', replica: 'web-5' },
    { change: 'replica-replaced', replica: 'web-1', by: 'web-5', lost: true },
  ])
  expect(conditionsOf(target.watch)).toMatchObject({ 'replica-lost': 0 })
})

test('where a client is bound to one replica, to be bound to another is no loss', () => {
  const target = watchTarget()
  target.ask(600, by('web-1'))
  target.ask(10, by('web-2'))
  target.ask(60, by('web-1'))
  target.ask(60, by('web-3'))
  expect(target.told().map(({ change }) => change)).toEqual([
    'replicas-seen',
    'replica-new',
    'replica-replaced',
    'replica-new',
    'replica-replaced',
  ])
})

test('another process life under the same name is a restart, and two that share a name are none', () => {
  const target = watchTarget()
  target.ask(60, () => ({ boot: 'a' }))
  target.told()
  target.ask(60, (n) => ({ boot: n % 3 === 0 ? 'b' : 'a' }))
  expect(target.told()).toMatchObject([{ change: 'replica-restarted', replica: 'web-1' }])
  target.ask(60, (n) => ({ boot: n % 2 === 0 ? 'b' : 'a' }))
  expect(target.told().length).toBeLessThan(3)
})

test('a slow replica is told, and that it is slow no more', () => {
  const target = wellFor(600)
  const slow = (n: number) => ({ done: n * 200 + (n % 3 === 1 ? 90 : 10) })
  const base = Date.UTC(2026, 10, 26, 14)
  target.ask(300, (n) => ({ done: base + slow(n).done }))
  expect(target.told()).toMatchObject([
    { change: 'replica-slow', replica: 'web-2', median: 90, others: 10 },
  ])
  target.ask(300)
  expect(target.told()).toMatchObject([{ change: 'replica-slow-over', replica: 'web-2' }])
})

test('unequal shares are told, and that they are equal again', () => {
  const target = wellFor(600)
  target.ask(600, by('web-1', 'web-1', 'web-2', 'web-3'))
  expect(target.told()).toMatchObject([
    { change: 'uneven', shares: [{ replica: 'web-1' }, {}, {}] },
  ])
  target.ask(900)
  expect(target.told().map(({ change }) => change)).toEqual(['uneven-over'])
})

test('answers that name no replica, or another each time, are no replicas', () => {
  const target = watchTarget()
  target.ask(3600, (n) => ({ replica: n % 2 === 0 ? `request-${n}` : undefined }))
  expect(target.told()).toMatchObject([{ change: 'replicas-seen', replicas: [] }])
})

test('the sentences', () => {
  const target = wellFor(600)
  target.ask(60, (n) => (n % 3 === 1 ? refused : {}))
  target.ask(60)
  const at = Date.UTC(2026, 10, 26, 14)
  const lines = target.told().map((change) => tellChange({ ...change, at }))
  expect(lines.map((line) => line.replaceAll(/\d\d:\d\d:\d\d/g, 'HH:MM:SS'))).toEqual([
    '4 of 11 requests failed since HH:MM:SS: 4 × connection refused',
    'web-2 gives no answer since HH:MM:SS',
    'web-2 answers again; it gave no answer since HH:MM:SS',
    'requests fail no more; 100 of 298 failed since HH:MM:SS: 100 × connection refused',
  ])
})
