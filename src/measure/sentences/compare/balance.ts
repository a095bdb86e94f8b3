import type { BalanceChange, Spread } from '../../compare/balance.ts'
import { percent } from '../words.ts'

function shareOf({ furthest, replicas, unit }: Spread): string {
  const of = unit === 'requests' ? '' : ` of the ${unit}`
  return `${furthest?.replica ?? 'a replica'} gets ${percent(furthest?.share ?? 0)}${of} where even is ${percent(1 / replicas)}`
}

/** How far from even the shares are. */
export function tellBalanceChange({ change, before, after }: BalanceChange): string {
  switch (change) {
    case 'cannot-tell':
      return 'balance: cannot tell'
    case 'same':
      return 'shares as before'
    case 'worse':
      return `less even: ${shareOf(after)} (before, none was further than ${percent(before.skew)} of that off)`
    case 'better':
      return `more even: none is further than ${percent(after.skew)} off, before ${shareOf(before)}`
  }
}
