import { dealtOut } from '../affinity/dealt-out.ts'
import type { DealtOut } from '../affinity/dealt-out.ts'
import { judge as judgeChoices } from '../order/choices.ts'
import { percentile } from '../statistics/histogram.ts'
import type { Tally } from '../tally.ts'
import { judge as judgePresence } from './presence.ts'
import type { Absence } from './presence.ts'

/** Bursts are what is short; what varies over long stretches may be the absences themselves. */
const longestBurst = 16
/** Significance. */
const alpha = 0.001
/** Milliseconds. A shorter one is no absence to anybody who waits for answers. */
const shortest = 20
/** Nor is one that is not longer than nearly every answer takes: until then, load is still coming up. */
const nearlyEvery = 99

/** The stretches in which a replica was not chosen, however short, though chance cannot explain it. */
export function absencesOf({ presence, choices }: DealtOut): Absence[] {
  const bursts = judgeChoices(choices)
    .scales.filter(({ window, pHigh }) => window <= longestBurst && pHigh < alpha)
    .map(({ ratio }) => ratio)
  return judgePresence(presence, Math.max(1, ...bursts))
}

/** Those in which a replica gave no answer for so long that it matters to somebody. */
export function longAbsencesOf(tally: Tally): Absence[] {
  const long = Math.max(shortest, percentile(tally.latency.service, nearlyEvery))
  return absencesOf(dealtOut(tally)).filter(({ silent, from, to }) => silent && to - from >= long)
}
