import { dealtOut } from '../affinity/dealt-out.ts'
import { merge as mergeConnections } from '../affinity/connections.ts'
import { judge as judgeChoices } from '../order/choices.ts'
import type { DispersionAt } from '../order/dispersion.ts'
import { judge as judgePresence } from '../replicas/presence.ts'
import { merge as mergeAnswers } from './answers.ts'
import type { Tally } from '../tally.ts'
import { judgeShares } from './shares.ts'
import type { BalanceVerdict } from './shares.ts'

/** Whether the replicas get equal shares of what the balancer deals out. */
export function judgeBalance(tally: Tally): BalanceVerdict {
  const { unit, presence, choices } = dealtOut(tally)
  const { replicas: answers, unattributed } = mergeAnswers(tally.answers.reuse, tally.answers.new)
  const counts =
    unit === 'connections'
      ? mergeConnections(tally.connections.reuse, tally.connections.new).fresh
      : answers
  const [missing] = judgePresence(presence)
  const dispersion = unit === 'connections' ? 1 : longRunDispersion(judgeChoices(choices).scales)
  return judgeShares({
    unit,
    counts,
    answers,
    dispersion,
    missing: missing?.replica,
    unattributed,
  })
}

/** Over the longest windows that the run is long enough for: the nearest to the whole run. */
function longRunDispersion(scales: readonly DispersionAt[]): number {
  return scales.at(-1)?.ratio ?? 1
}
