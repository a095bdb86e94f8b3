import type { FailureChange, Losses } from '../../compare/failures.ts'
import { wayOf } from '../losses.ts'
import { clockTime, duration, grouped, percent } from '../words.ts'

const partOf = ({ requests, failures }: Losses) =>
  failures === 0 ? `0 of ${grouped(requests)}` : percentOf(failures / requests)

/** Small parts are told, too: a tenth of a percent is none of nothing. */
const percentOf = (share: number) =>
  share < 0.001 ? `${Number((share * 100).toPrecision(1))} %` : percent(share)

/** In how short a time they were lost, and how most of them. */
function howOf({ kinds }: Losses): string {
  const [main] = kinds
  if (!main) return ''
  const from = Math.min(...kinds.map(({ first }) => first))
  const to = Math.max(...kinds.map(({ last }) => last))
  return ` (${kinds.length > 1 ? 'mostly ' : ''}${wayOf(main)}; within ${duration(to - from)} from ${clockTime(from)})`
}

/** "Lost: 0 of 10 000 → 1.0 % (503 by web-1 …)" */
export function tellFailureChange({ change, before, after }: FailureChange): string {
  if (change === 'cannot-tell') return 'lost: cannot tell, as no request has ended'
  const parts = [partOf(before), partOf(after)]
  if (change === 'same' && parts[0] === parts[1]) return `lost ${parts[0]}, as before`
  return `lost ${parts.join(' → ')}${change === 'worse' ? howOf(after) : ''}`
}
