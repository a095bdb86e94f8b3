import type { Verdicts } from '../measure/verdicts.ts'
import type { ReportOptions } from './options/command.ts'
import type { Limit, SkewLimit, Spread } from './options/quantities.ts'
import { duration, percent } from '../measure/sentences/words.ts'

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

function spread({ balance, order }: Verdicts, expected: Spread): Expectation {
  const seen = expected === 'even' ? balance.verdict : order.verdict
  // From one client's place a sticky balancer shows one replica only.
  const met = seen === expected || (expected === 'sticky' && seen === 'one-replica')
  return { option: '--expect', expected, seen, met }
}

function replicas({ balance }: Verdicts, expected: number): Expectation {
  const seen = balance.replicas.length
  return {
    option: '--expect-replicas',
    expected: `${expected}`,
    seen: `${seen}`,
    met: seen === expected,
  }
}

function failures({ failures: { requests, failures } }: Verdicts, limit: Limit): Expectation {
  const share = requests === 0 ? 0 : failures / requests
  const counted = 'count' in limit
  return {
    option: '--max-failures',
    expected: `at most ${counted ? limit.count : percent(limit.share)}`,
    seen: `${failures} (${percent(share)})`,
    met: counted ? failures <= limit.count : share <= limit.share,
  }
}

function skew({ balance, clocks }: Verdicts, limit: SkewLimit): Expectation {
  const option = '--max-skew'
  if ('share' in limit) {
    const expected = `shares at most ${percent(limit.share)} off`
    return { option, expected, seen: percent(balance.skew), met: balance.skew <= limit.share }
  }
  const expected = `clocks at most ${duration(limit.milliseconds)} apart`
  if (clocks.replicas.length === 0)
    return { option, expected, seen: 'no clock: no answer says its time', met: false }
  const { difference = 0, bound = 0 } = clocks.furthest ?? {}
  return {
    option,
    expected,
    seen: `${duration(Math.abs(difference))} (± ${duration(bound)})`,
    met: Math.abs(difference) <= limit.milliseconds,
  }
}

function p99({ latency }: Verdicts, limit: number): Expectation {
  const seen = latency.latency.p99
  return {
    option: '--max-p99',
    expected: `at most ${duration(limit)}`,
    seen: duration(seen),
    met: seen <= limit,
  }
}

function outage({ failures: { longestOutage } }: Verdicts, limit: number): Expectation {
  const seen = longestOutage?.length ?? 0
  return {
    option: '--max-outage',
    expected: `at most ${duration(limit)}`,
    seen: duration(seen),
    met: seen <= limit,
  }
}

/** Compares what was seen with what was expected. */
export function checkExpectations(verdicts: Verdicts, expected: Expected): Expectation[] {
  const { expectReplicas, expect, maxFailures, maxSkew, maxP99, maxOutage } = expected
  return [
    ...(expectReplicas === undefined ? [] : [replicas(verdicts, expectReplicas)]),
    ...(expect ?? []).map((how) => spread(verdicts, how)),
    ...(maxFailures === undefined ? [] : [failures(verdicts, maxFailures)]),
    ...(maxSkew === undefined ? [] : [skew(verdicts, maxSkew)]),
    ...(maxP99 === undefined ? [] : [p99(verdicts, maxP99)]),
    ...(maxOutage === undefined ? [] : [outage(verdicts, maxOutage)]),
  ]
}
