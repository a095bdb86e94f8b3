import { describe, expect, test } from 'vitest'
import type { Observation } from '../../src/measure/observation.ts'
import { mergeTallies } from '../../src/measure/tally.ts'
import { judge } from '../../src/measure/verdicts.ts'
import { roundRobin } from './balancers.ts'
import { answered, tallyOf } from './observations.ts'
import { seeded } from './random.ts'
import { simulate, start } from './simulation.ts'

/** One request every 10 ms that takes 5 ms, with what differs at each. */
function everyTenMs(differences: Partial<Observation>[]): Observation[] {
  return differences.map((different, index) => {
    const sent = start + 10 * index
    return answered({ index, due: sent, sent, done: sent + 5, ...different })
  })
}

const ok: Partial<Observation> = {}
const refused: Partial<Observation> = { outcome: 'refused', status: undefined, replica: undefined }
const ownError: Partial<Observation> = { outcome: 'replica-error', status: 503 }
const proxyError: Partial<Observation> = { outcome: 'proxy-error', status: 502, replica: undefined }

test('failures are told apart by kind, status and replica, with their times', () => {
  const { failures } = judge(
    tallyOf(everyTenMs([ok, refused, ownError, proxyError, proxyError, ok])),
  )
  expect(failures).toMatchObject({
    requests: 6,
    failures: 4,
    kinds: [
      { outcome: 'proxy-error', status: 502, count: 2, first: start + 30, last: start + 45 },
      { outcome: 'refused', count: 1, first: start + 10, last: start + 15 },
      { outcome: 'replica-error', status: 503, replica: 'web-0', count: 1 },
    ],
  })
  expect(failures.sentence).toContain(
    '4 of 6 requests lost (66.7 %): 2 × 502 by the proxy, 1 × connection refused, 1 × 503 by web-0.',
  )
})

describe('the longest outage', () => {
  const outage = (observations: Observation[]) =>
    judge(tallyOf(observations)).failures.longestOutage

  test('runs from the sending of the first failure to the next success', () => {
    expect(outage(everyTenMs([ok, refused, ok, refused, refused, ok]))).toEqual({
      from: start + 30,
      to: start + 55,
      length: 25,
      failures: 2,
    })
  })

  test('does not start before the last success', () => {
    const slow = answered({ outcome: 'timeout', sent: start, done: start + 100 })
    const success = answered({ sent: start + 50, done: start + 60 })
    expect(outage([success, slow])).toMatchObject({ from: start + 60, to: start + 100 })
  })

  test('counts although it has not ended', () => {
    expect(outage(everyTenMs([ok, refused, refused]))).toMatchObject({ length: 15, failures: 2 })
  })

  test('is none without failures', () => {
    expect(outage(everyTenMs([ok, ok]))).toBeUndefined()
  })

  test('of merged runs is the longest that either saw', () => {
    const short = tallyOf(everyTenMs([ok, refused, ok]))
    const long = tallyOf(everyTenMs([refused, refused, refused]))
    expect(judge(mergeTallies(short, long)).failures.longestOutage).toMatchObject({ failures: 3 })
    expect(judge(mergeTallies(long, short)).failures.longestOutage).toMatchObject({ failures: 3 })
  })
})

describe('a replica that is missing', () => {
  const observations = simulate({ balancer: roundRobin(3), replicas: 3, draw: seeded(1) })
  const at = (part: number) => observations[Math.round(part * (observations.length - 1))]?.done ?? 0
  const seen = (present: (observation: Observation) => boolean) =>
    judge(
      tallyOf(
        observations
          .toSorted((a, b) => a.index - b.index)
          .filter((one) => one.replica !== 'web-1' || present(one))
          .map((one, index) => ({ ...one, index })),
      ),
    )

  test.each<[string, (observation: Observation) => boolean]>([
    ['late', ({ done }) => done > at(0.3)],
    ['gone', ({ done }) => done < at(0.7)],
    ['away', ({ done }) => done < at(0.3) || done > at(0.6)],
  ])('%s', (kind, present) => {
    const { failures, balance, changes } = seen(present)
    expect(failures.absences).toMatchObject([{ replica: 'web-1', kind }])
    expect(changes.verdict).toBe('changed')
    expect(balance.verdict).toBe('cannot-tell')
  })

  test('away: from when to when', () => {
    const [absence] = seen(({ done }) => done < at(0.3) || done > at(0.6)).failures.absences
    expect(absence?.from).toBeLessThanOrEqual(at(0.3))
    expect(absence?.to).toBeGreaterThanOrEqual(at(0.6))
    expect((absence?.to ?? 0) - (absence?.from ?? 0)).toBeLessThan(at(0.61) - at(0.29))
  })

  test('is not made up where all are there', () => {
    expect(seen(() => true).failures.absences).toEqual([])
  })
})
