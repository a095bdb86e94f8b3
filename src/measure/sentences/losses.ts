import { shortestOutage } from '../decision.ts'
import type { FailureVerdict } from '../failures/losses.ts'
import type { FailureKind } from '../failures/failures.ts'
import type { Outcome } from '../observation.ts'
import { amount, clockTime, duration, grouped, list, percent } from './words.ts'

const names: Record<Outcome, string> = {
  answered: 'answered',
  redirect: 'redirect',
  'client-error': 'client error',
  unexpected: 'unexpected status',
  'replica-error': 'error of a replica',
  'proxy-error': 'error of the proxy',
  refused: 'connection refused',
  reset: 'connection broken off',
  timeout: 'no answer in time',
  other: 'network or protocol error',
}

/** How a request was lost: "502 by the proxy". */
export function wayOf({ outcome, status, replica }: FailureKind): string {
  if (outcome === 'replica-error') return `${status} by ${replica ?? 'a replica'}`
  if (outcome === 'proxy-error') return `${status} by the proxy`
  return status === undefined ? nameOf(outcome) : `${status}`
}

/** What a request came to, whatever its status: "connection refused". */
export function nameOf(outcome: Outcome): string {
  return names[outcome]
}

/** How requests were lost, and how many so: "3 × 502 by the proxy and 1 × no answer in time". */
export function tellWays(kinds: readonly FailureKind[]): string {
  const ways = new Map<string, number>()
  for (const kind of kinds) ways.set(wayOf(kind), (ways.get(wayOf(kind)) ?? 0) + kind.count)
  return list([...ways].map(([way, count]) => `${grouped(count)} × ${way}`))
}

export function tellLosses({
  requests,
  failures,
  kinds,
  longestOutage: outage,
}: FailureVerdict): string {
  if (requests === 0) return 'No request has ended.'
  if (failures === 0) return `${amount(requests, 'request')}, all answered.`
  // That nothing succeeded between two that did is no news.
  const longest =
    outage && outage.failures < requests && outage.length >= shortestOutage
      ? ` Nothing succeeded for ${duration(outage.length)} from ${clockTime(outage.from)}.`
      : ''
  return `${grouped(failures)} of ${amount(requests, 'request')} lost (${percent(failures / requests)}): ${tellWays(kinds)}.${longest}`
}
