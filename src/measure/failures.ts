import type { Observation, Outcome } from './observation.ts'
import { addToOutages, createOutages, longestOutage, mergeOutages } from './outage.ts'
import type { Outage, Outages } from './outage.ts'
import type { Absence } from './presence.ts'
import { amount, duration, grouped, percent } from './words.ts'

/** Which requests failed, how, when and at whose hands. */
export interface Failures {
  requests: number
  failures: number
  kinds: Map<string, FailureKind>
  outages: Outages
}

export interface FailureKind {
  outcome: Outcome
  status?: number | undefined
  replica?: string | undefined
  count: number
  /** When the first was sent and the last was known to have failed (Unix ms). */
  first: number
  last: number
}

export interface FailureVerdict {
  requests: number
  failures: number
  /** Most frequent first. */
  kinds: FailureKind[]
  /** The longest time in which requests failed and none succeeded. `length` in ms. */
  longestOutage?: ({ length: number } & Outage) | undefined
  /** Replicas that gave no answer for a while, though the others did. */
  absences: Absence[]
  sentence: string
}

export function createFailures(): Failures {
  return { requests: 0, failures: 0, kinds: new Map(), outages: createOutages() }
}

/** A complete response below 500 is a success, whoever gave it. */
export function addToFailures(failures: Failures, observation: Observation): void {
  const { outcome, status, replica, sent, done } = observation
  const failed = outcome !== 'answered'
  failures.requests += 1
  addToOutages(failures.outages, sent, done, failed)
  if (!failed) return
  failures.failures += 1
  addKind(failures.kinds, { outcome, status, replica, count: 1, first: sent, last: done })
}

function addKind(kinds: Map<string, FailureKind>, more: FailureKind): void {
  const key = `${more.outcome} ${more.status ?? ''} ${more.replica ?? ''}`
  const known = kinds.get(key)
  kinds.set(key, {
    ...more,
    count: more.count + (known?.count ?? 0),
    first: Math.min(more.first, known?.first ?? Infinity),
    last: Math.max(more.last, known?.last ?? -Infinity),
  })
}

/** Both together; the outage is the longest that either client saw. */
export function mergeFailures(a: Failures, b: Failures): Failures {
  const kinds = new Map<string, FailureKind>()
  for (const kind of [...a.kinds.values(), ...b.kinds.values()]) addKind(kinds, kind)
  return {
    requests: a.requests + b.requests,
    failures: a.failures + b.failures,
    kinds,
    outages: mergeOutages(a.outages, b.outages),
  }
}

export function judgeFailures(failures: Failures, absences: Absence[]): FailureVerdict {
  const kinds = [...failures.kinds.values()].sort((a, b) => b.count - a.count || a.first - b.first)
  const longest = longestOutage(failures.outages)
  const outage = longest && { ...longest, length: longest.to - longest.from }
  return {
    requests: failures.requests,
    failures: failures.failures,
    kinds,
    longestOutage: outage,
    absences,
    sentence: describe(failures, kinds, outage, absences),
  }
}

/** As many ways to fail as a sentence bears. */
const mostNamed = 5

const names: Record<Exclude<Outcome, 'answered' | 'replica-error'>, string> = {
  'proxy-error': 'answered with an error by the proxy',
  refused: 'refused',
  reset: 'broken off',
  timeout: 'timed out',
  other: 'failed otherwise',
}

function wayOf(outcome: Exclude<Outcome, 'answered'>, replica: string | undefined): string {
  return outcome === 'replica-error'
    ? `answered with an error by ${replica ?? 'a replica'}`
    : names[outcome]
}

function describe(
  { requests, failures }: Failures,
  kinds: FailureKind[],
  outage: FailureVerdict['longestOutage'],
  [absence]: Absence[],
): string {
  const missing = absence
    ? ` ${absence.replica} gave no answer for ${duration(absence.to - absence.from)}, while the others gave ${amount(absence.others, 'answer')}.`
    : ''
  if (requests === 0) return 'No request was sent.'
  if (failures === 0) return `${amount(requests, 'request')}, all answered.${missing}`
  const ways = new Map<string, number>()
  for (const { outcome, replica, count } of kinds) {
    if (outcome === 'answered') continue
    const way = wayOf(outcome, replica)
    ways.set(way, (ways.get(way) ?? 0) + count)
  }
  const parts = [...ways].map(([way, count]) => `${grouped(count)} ${way}`)
  const named = parts.slice(0, mostNamed).join(', ')
  const rest = parts.length > mostNamed ? ', others otherwise' : ''
  const longest = outage ? `; for ${duration(outage.length)} none succeeded` : ''
  return `${grouped(failures)} of ${amount(requests, 'request')} failed (${percent(failures / requests)}): ${named}${rest}${longest}.${missing}`
}
