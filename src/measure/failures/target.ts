import type { Tally } from '../tally.ts'
import { judge as judgeStatuses } from './statuses.ts'

export interface TargetVerdict {
  /**
   * `wrong`: whatever came back was a redirect or a client error, so this is not what was meant to be
   * asked. `silent`: nothing came back.
   */
  verdict: 'right' | 'wrong' | 'silent'
  /** The status that came back most often. */
  status?: number | undefined
  /** Where it points to, if that is a redirect. */
  location?: string | undefined
}

/** Whether what was asked is what was meant. */
export function judgeTarget({ statuses, failures }: Tally): TargetVerdict {
  const { statuses: seen, locations } = judgeStatuses(statuses)
  const responses = seen.reduce((sum, { count }) => sum + count, 0)
  if (responses === 0) return { verdict: 'silent' }
  let astray = 0
  for (const { outcome, count } of failures.kinds.values()) {
    if (outcome === 'redirect' || outcome === 'client-error') astray += count
  }
  const verdict = astray === responses ? 'wrong' : 'right'
  return { verdict, status: seen[0]?.status, location: locations[0]?.location }
}
