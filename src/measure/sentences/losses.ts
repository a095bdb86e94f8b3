import type { FailureVerdict } from '../failures/losses.ts'
import type { Outcome } from '../observation.ts'
import { amount, duration, grouped, percent } from './words.ts'

/** As many ways to fail as a sentence bears. */
const mostNamed = 5

const names: Record<Exclude<Outcome, 'answered' | 'replica-error'>, string> = {
  redirect: 'redirected',
  'client-error': 'rejected as a client error',
  unexpected: 'answered otherwise than expected',
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

export function tellLosses({
  requests,
  failures,
  kinds,
  longestOutage: outage,
  absences: [absence],
}: FailureVerdict): string {
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
