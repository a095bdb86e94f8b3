import type { Verdicts } from '../measure/verdicts.ts'
import type { ReportOptions } from './options/command.ts'
import { seenOfWeights } from './expected-weights.ts'
import type { Expect, Spread } from './options/expect.ts'
import type { Limit, SkewLimit } from './options/quantities.ts'
import { amount, duration, grouped, percent } from '../measure/sentences/words.ts'

/** Something that was expected, what was seen instead or indeed, and whether that is as expected. */
export interface Expectation {
  /** The option that says it. */
  option: string
  expected: string
  seen: string
  met: boolean
}

/** Expectations as the command line gives them. */
export type Expected = Pick<
  ReportOptions,
  'expectReplicas' | 'expect' | 'maxFailures' | 'maxSkew' | 'maxP99' | 'maxOutage'
>

/** What is seen where the run has taught nothing about what was expected: it is not met. */
const unknown = (why: string) => ({
  seen: why.startsWith('Cannot tell') ? why.replace('Cannot', 'cannot') : `cannot tell: ${why}`,
  met: false,
})

function spread({ balance, order }: Verdicts, expected: Spread): Expectation {
  const { verdict, sentence } = expected === 'even' ? balance : order
  const expectation = { option: '--expect', expected }
  // Where one replica answers, there may be no other: that says nothing about the balancer.
  return verdict === 'cannot-tell' || verdict === 'one-replica'
    ? { ...expectation, ...unknown(sentence) }
    : { ...expectation, seen: verdict, met: verdict === expected }
}

/** At least so much from the probe's own zone. @param least 0 to 1 */
function sameZone({ zones: { zones, own, unzoned } }: Verdicts, least: number): Expectation {
  const expectation = { option: '--expect', expected: `same-zone at least ${percent(least)}` }
  if (zones.length === 0)
    return { ...expectation, ...unknown('no answer says its zone (ZONE of served-by)') }
  if (!own)
    return {
      ...expectation,
      ...unknown('the probe does not know its own zone: give it with --zone'),
    }
  const left = [
    ...(unzoned > 0 ? [`${amount(unzoned, 'answer')} did not say their zone`] : []),
    ...(own.unplaced > 0
      ? [`${amount(own.unplaced, 'request')} came from a probe that does not know its own`]
      : []),
  ]
  const seen = [percent(own.share), ...left].join('; ')
  return { ...expectation, seen, met: own.share >= least }
}

function expectedOf(verdicts: Verdicts, expect: Expect): Expectation {
  if (typeof expect === 'string') return spread(verdicts, expect)
  if ('sameZone' in expect) return sameZone(verdicts, expect.sameZone)
  const expected = [...expect.weights].map(([name, weight]) => `${name}:${weight}`).join(',')
  return {
    option: '--expect',
    expected: `weights=${expected}`,
    ...seenOfWeights(verdicts, expect.weights),
  }
}

function replicas({ balance }: Verdicts, expected: number): Expectation {
  const count = balance.replicas.length
  const expectation = { option: '--expect-replicas', expected: `${expected}` }
  return count === 0
    ? { ...expectation, ...unknown('no answer names a replica') }
    : { ...expectation, seen: `${count}`, met: count === expected }
}

function failures({ failures: { requests, failures } }: Verdicts, limit: Limit): Expectation {
  const counted = 'count' in limit
  const expected = `at most ${counted ? grouped(limit.count) : percent(limit.share)}`
  if (requests === 0)
    return { option: '--max-failures', expected, ...unknown('no request has ended') }
  const share = failures / requests
  return {
    option: '--max-failures',
    expected,
    seen: `${grouped(failures)} (${percent(share)})`,
    met: counted ? failures <= limit.count : share <= limit.share,
  }
}

function skew({ balance, clocks }: Verdicts, limit: SkewLimit): Expectation {
  const option = '--max-skew'
  if ('share' in limit) {
    const expected = `shares at most ${percent(limit.share)} off`
    return balance.verdict === 'cannot-tell'
      ? { option, expected, ...unknown(balance.sentence) }
      : { option, expected, seen: percent(balance.skew), met: balance.skew <= limit.share }
  }
  const expected = `clocks at most ${duration(limit.milliseconds)} apart`
  if (clocks.replicas.length === 0)
    return { option, expected, ...unknown('no fresh answer says its time') }
  if (!clocks.furthest) return { option, expected, ...unknown("only one replica's clock was read") }
  const { difference, bound } = clocks.furthest
  return {
    option,
    expected,
    seen: `${duration(Math.abs(difference))} (± ${duration(bound)})`,
    met: Math.abs(difference) <= limit.milliseconds,
  }
}

function p99({ latency: { latency, timeouts } }: Verdicts, limit: number): Expectation {
  const expectation = { option: '--max-p99', expected: `at most ${duration(limit)}` }
  if (latency.count === 0) return { ...expectation, ...unknown('nothing answered') }
  // Time-outs are among the slowest: what they would have taken is not known.
  const atLeast = timeouts > latency.count * 0.01 ? 'at least ' : ''
  return {
    ...expectation,
    seen: `${atLeast}${duration(latency.p99)}`,
    met: atLeast === '' && latency.p99 <= limit,
  }
}

function outage({ failures: { requests, longestOutage } }: Verdicts, limit: number): Expectation {
  const expectation = { option: '--max-outage', expected: `at most ${duration(limit)}` }
  if (requests === 0) return { ...expectation, ...unknown('no request has ended') }
  const seen = longestOutage?.length ?? 0
  return { ...expectation, seen: duration(seen), met: seen <= limit }
}

/** Compares what was seen with what was expected. */
export function checkExpectations(verdicts: Verdicts, expected: Expected): Expectation[] {
  const { expectReplicas, expect, maxFailures, maxSkew, maxP99, maxOutage } = expected
  return [
    ...(expectReplicas === undefined ? [] : [replicas(verdicts, expectReplicas)]),
    ...(expect ?? []).map((one) => expectedOf(verdicts, one)),
    ...(maxFailures === undefined ? [] : [failures(verdicts, maxFailures)]),
    ...(maxSkew === undefined ? [] : [skew(verdicts, maxSkew)]),
    ...(maxP99 === undefined ? [] : [p99(verdicts, maxP99)]),
    ...(maxOutage === undefined ? [] : [outage(verdicts, maxOutage)]),
  ]
}
