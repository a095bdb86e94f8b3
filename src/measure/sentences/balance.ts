import type { BalanceVerdict } from '../balance/shares.ts'
import { amount, percent, roughly } from './words.ts'

export function tellBalance(balance: BalanceVerdict): string {
  return balance.reason === undefined ? told(balance) : untold(balance)
}

function untold({ reason, unit, replicas, more = 0 }: BalanceVerdict): string {
  switch (reason) {
    case 'one-replica':
      return 'Only one replica answered.'
    case 'replica-missing':
      return 'Cannot tell: replicas came or left during the run.'
    case 'too-few': {
      const total = amount(totalOf(replicas), unit.slice(0, -1))
      return `Cannot tell: ${total} for ${amount(replicas.length, 'replica')} are too few; it would take about ${roughly(more)} more.`
    }
    case 'nobody':
    case undefined:
      return 'Cannot tell: no answer names a replica; --replica-by says what in it does.'
  }
}

/** Shares that differ by so much do not look even. */
const wideFactor = 1.5

function told({ verdict, unit, replicas }: BalanceVerdict): string {
  const byShare = [...replicas].sort((a, b) => a.share - b.share)
  const [lowest, highest] = [byShare.at(0), byShare.at(-1)]
  const [least, most] = [percent(lowest?.share ?? 0), percent(highest?.share ?? 0)]
  const of = unit === 'requests' ? '' : ` of the ${unit}`
  if (verdict === 'uneven') {
    return `Uneven: from ${least}${of} (${lowest?.replica}) to ${most} (${highest?.replica}), where even is ${percent(1 / replicas.length)}.`
  }
  if (least === most) return `Even: ${least}${of} each.`
  // Few of them are even within wide limits only.
  const wide = (highest?.share ?? 0) >= wideFactor * (lowest?.share ?? 0)
  const far = wide ? `, as far as ${amount(totalOf(replicas), unit.slice(0, -1))} can tell` : ''
  return `Even${far}: ${least} to ${most}${of} each.`
}

function totalOf(replicas: BalanceVerdict['replicas']): number {
  return replicas.reduce((sum, { count }) => sum + count, 0)
}
