import type { BalanceVerdict } from '../balance/shares.ts'
import { amount, grouped, percent, probability } from './words.ts'

export function tellBalance(balance: BalanceVerdict): string {
  return balance.reason === undefined ? told(balance) : untold(balance)
}

function untold({ reason, unit, replicas, missing, more = 0 }: BalanceVerdict): string {
  switch (reason) {
    case 'one-replica':
      return `Only ${replicas[0]?.replica} answered, so there are no shares to compare.`
    case 'replica-missing':
      return `The replicas changed during the run (${missing} was missing for a part of it), so equal shares were not to be expected.`
    case 'too-few': {
      const total = amount(totalOf(replicas), unit.slice(0, -1))
      const pinned = unit === 'requests' ? '' : `, and it is ${unit} that are dealt out`
      return `${total} for ${amount(replicas.length, 'replica')} are too few to tell whether they are even${pinned}: it would take some ${grouped(more)} more.`
    }
    case 'nobody':
    case undefined:
      return 'No answer names a replica, so there are no shares to compare.'
  }
}

function told({ verdict, unit, replicas, p, alpha }: BalanceVerdict): string {
  const byShare = [...replicas].sort((a, b) => a.share - b.share)
  const [lowest, highest] = [byShare.at(0), byShare.at(-1)].map(
    (one) => `${percent(one?.share ?? 0)} (${one?.replica})`,
  )
  const total = amount(totalOf(replicas), unit.slice(0, -1))
  const range = `shares go from ${lowest} to ${highest} of ${total}, where even is ${percent(1 / replicas.length)}`
  if (verdict === 'uneven') {
    return `Uneven: ${range}; chance does not explain that (${probability(p)}).`
  }
  return p < alpha
    ? `Even: ${range}; that is more than chance, but too little to matter (${probability(p)}).`
    : `Even: ${range}; chance explains that (${probability(p)}).`
}

function totalOf(replicas: BalanceVerdict['replicas']): number {
  return replicas.reduce((sum, { count }) => sum + count, 0)
}
