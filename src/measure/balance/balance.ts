import { dealtOut } from '../affinity/dealt-out.ts'
import type { DealtOut } from '../affinity/dealt-out.ts'
import { judge as judgeChoices } from '../order/choices.ts'
import type { DispersionAt } from '../order/dispersion.ts'
import { absencesOf } from '../replicas/absences.ts'
import { sumOf } from '../statistics/maps.ts'
import { merge as mergeAnswers } from './answers.ts'
import type { Tally } from '../tally.ts'
import { judgeShares } from './shares.ts'
import type { BalanceVerdict } from './shares.ts'

/** Whether the replicas get equal shares of what the balancer deals out. */
export function judgeBalance(tally: Tally): BalanceVerdict {
  const dealt = dealtOut(tally)
  const { unit, counts } = dealt
  const { replicas: answers, unattributed } = mergeAnswers(tally.answers.reuse, tally.answers.new)
  const missing = absencesOf(dealt).find(({ silent }) => silent)
  const dispersion = dispersionOf(dealt)
  return judgeShares({ unit, counts, answers, dispersion, missing: missing?.replica, unattributed })
}

/**
 * The same question of a run in which replicas came and went: each counts for as long as it was there.
 * While it was, the others got some number of answers, and their weights are known from the whole run.
 */
export function judgeEvenness(tally: Tally): Pick<BalanceVerdict, 'verdict' | 'replicas' | 'more'> {
  const dealt = dealtOut(tally)
  const { presence, counts, unit } = dealt
  const away = new Map<string, number>()
  for (const { replica, others } of absencesOf(dealt)) {
    away.set(replica, (away.get(replica) ?? 0) + others)
  }
  if (away.size === 0) return judgeBalance(tally)
  const present = new Map([...counts].filter(([replica]) => !away.has(replica)))
  const total = sumOf(present)
  // The less is known of a replica, the less can be said of all.
  let least = 1
  const adjusted = new Map(present)
  for (const [replica, others] of away) {
    const own = counts.get(replica) ?? 0
    const meanwhile = presence.answers - others - own
    // Its time begins or ends with one of its own answers, which is none by chance.
    adjusted.set(replica, meanwhile > 0 ? ((own - 1) * total) / meanwhile : 0)
    least = Math.min(least, (own + meanwhile) / presence.answers, meanwhile / total)
  }
  return judgeShares({
    unit,
    // Of several that were away at different times, only those that stayed are the measure.
    counts: present.size < 2 && away.size > 1 ? present : adjusted,
    answers: counts,
    dispersion: dispersionOf(dealt) / Math.max(least, 0.01),
    missing: undefined,
    unattributed: 0,
  })
}

/** Significance of a dispersion that is not that of chance. */
const alpha = 0.001

/**
 * Over the longest windows that the run is long enough for, which are the nearest to the whole run; or
 * the longest of which there are enough to see that answers come in bursts.
 */
export function dispersionOf({ unit, choices }: DealtOut): number {
  const { scales } = judgeChoices(choices)
  const longest: DispersionAt | undefined = scales.at(-1)
  if (unit !== 'requests' || !longest) return 1
  if (Math.min(longest.pLow, longest.pHigh) < alpha) return longest.ratio
  return scales.findLast(({ pHigh }) => pHigh < alpha)?.ratio ?? 1
}
