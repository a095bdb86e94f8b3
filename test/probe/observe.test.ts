import { expect, test } from 'vitest'
import type { IdentifyReplica } from '../../src/probe/identify/identify.ts'
import { toObservation } from '../../src/probe/observe.ts'
import { parseSuccess } from '../../src/probe/options/quantities.ts'
import { DeadlineError, type Exchange } from '../../src/probe/transport/exchange.ts'

const url = new URL('http://app.example/a/b')
const exchange: Exchange = {
  mode: 'reuse',
  index: 0,
  due: 1,
  sent: 2,
  written: 3,
  done: 4,
  connection: 1,
  path: '/a/b',
}
const answered = (status: number): Exchange => ({
  ...exchange,
  answer: { status, headers: {}, body: [] },
})
const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
const known: IdentifyReplica = () => ({ replica: 'web-1' })
const unknown: IdentifyReplica = () => undefined

test.for<[string, Exchange, IdentifyReplica]>([
  ['answered', answered(200), known],
  ['answered', answered(299), unknown],
  ['redirect', answered(302), known],
  ['client-error', answered(499), unknown],
  // Only who answers by name can be told from the proxy.
  ['replica-error', answered(500), known],
  ['proxy-error', answered(502), unknown],
  ['timeout', { ...exchange, error: new DeadlineError() }, known],
  ['refused', { ...exchange, error: refused }, known],
  ['other', exchange, known],
])('%s', ([outcome, seen, identify]) => {
  expect(toObservation(seen, { identify, success: parseSuccess('2xx'), url }).outcome).toBe(outcome)
})

test.for<[string, number, string]>([
  ['404', 404, 'answered'],
  ['200-299,302', 302, 'answered'],
  ['2xx,503', 503, 'answered'],
  ['404', 200, 'unexpected'],
  ['2xx', 304, 'redirect'],
])('with --success %s a %i is %s', ([text, status, outcome]) => {
  const reading = { identify: known, success: parseSuccess(text), url }
  expect(toObservation(answered(status), reading).outcome).toBe(outcome)
})

test('a redirect points somewhere, in full', () => {
  const { location } = toObservation(
    { ...exchange, answer: { status: 301, headers: { location: '/login' }, body: [] } },
    { identify: unknown, success: parseSuccess('2xx'), url },
  )
  expect(location).toBe('http://app.example/login')
})

test('a clock is read off the answers that are sharper than those before', () => {
  const identify: IdentifyReplica = () => ({ replica: 'web-1', readClock: () => 5 })
  const reading = { identify, success: parseSuccess('2xx'), url }
  const sharper = (sharp: boolean) => ({
    ...reading,
    // From when it was written to when it was done.
    isSharper: (replica: string, time: number) => sharp && replica === 'web-1' && time === 1,
  })
  expect(toObservation(answered(200), sharper(true)).timestamp).toBe(5)
  expect(toObservation(answered(200), sharper(false)).timestamp).toBeUndefined()
  expect(toObservation(answered(200), reading).timestamp).toBeUndefined()
})
