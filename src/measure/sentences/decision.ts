import type { Decision, DecisionEvidence, Finding } from '../decision.ts'
import { wayOf } from './losses.ts'
import { tellSlow } from './slow.ts'
import { tellWrong } from './target.ts'
import { amount, clockTime, duration, grouped, roughly } from './words.ts'

/** The one line that says whether to act. */
export function tellDecision({ findings }: Decision, evidence: DecisionEvidence): string {
  const [worst, ...others] = findings
  if (worst === undefined) return `Fine: ${fine(evidence)}`
  const told = [worst, ...others.filter((finding) => !impliedBy[worst]?.includes(finding))]
  return `Not fine: ${told
    .slice(0, 2)
    .map((finding) => tells[finding](evidence))
    .join(' ')}`
}

/** What goes without saying, where that is said. */
const impliedBy: Partial<Record<Finding, Finding[]>> = {
  silent: ['lost', 'outage'],
  'wrong-target': ['lost', 'outage'],
  lost: ['outage'],
}

const tells: Record<Finding, (evidence: DecisionEvidence) => string> = {
  silent: ({ failures }) => `nothing answered; ${lost(failures)}`,
  'wrong-target': ({ target }) => `this ${tellWrong(target)}`,
  lost: ({ failures }) => lost(failures),
  outage: ({ failures: { longestOutage } }) =>
    `nothing succeeded for ${duration(longestOutage?.length ?? 0)}.`,
  gone: ({ changes: { left, gone } }) =>
    gone === 1 && left[0]
      ? `${left[0].replica} is gone since ${clockTime(left[0].at)}.`
      : `${amount(gone, 'replica')} are gone.`,
  slow: ({ slow }) => tellSlow(slow),
  cached: ({ cache: { cached, numbered } }) =>
    `${grouped(cached)} of ${amount(numbered, 'answer')} came out of a cache.`,
}

/** What most of them came to, and when. */
function lost({ requests, failures, kinds }: DecisionEvidence['failures']): string {
  const [main] = kinds
  const [first, last] = [
    Math.min(...kinds.map((kind) => kind.first)),
    Math.max(...kinds.map((kind) => kind.last)),
  ].map(clockTime)
  const when = first === last ? `at ${first}` : `${first} to ${last}`
  const how = main ? ` (${kinds.length > 1 ? 'mostly ' : ''}${wayOf(main)})` : ''
  return `${grouped(failures)} of ${grouped(requests)} lost${how}, ${when}.`
}

const orders: Partial<Record<DecisionEvidence['order']['verdict'], string>> = {
  'round-robin': 'in turn',
  random: 'at random',
  'least-connections': 'to the least busy',
  weighted: 'by weights',
}

function fine({ balance, order, failures }: DecisionEvidence): string {
  const sticky = order.by === undefined ? 'sticky' : `sticky by ${order.by}`
  const spread = [
    balance.replicas.length === 0 ? 'unnamed replicas' : amount(balance.replicas.length, 'replica'),
    ...(balance.verdict === 'cannot-tell' ? [] : [balance.verdict]),
    ...(order.verdict === 'sticky' ? [sticky] : []),
    ...[orders[order.verdict]].filter((how) => how !== undefined),
  ]
  const answered = failures.requests - failures.failures
  return `${spread.join(', ')}; ${grouped(answered)} of ${grouped(failures.requests)} answered.${missing(balance, order)}`
}

/** What more requests would tell, where it is known how many. */
function missing(balance: DecisionEvidence['balance'], order: DecisionEvidence['order']): string {
  const uneven = balance.unit === 'requests' ? balance.more : undefined
  const more = Math.max(uneven ?? 0, order.more ?? 0)
  if (more === 0) return ''
  const what = uneven === undefined ? 'in which order' : 'whether they are even'
  return ` About ${roughly(more)} more requests would tell ${what}.`
}
