import type { DealtOut } from '../affinity/dealt-out.ts'
import { judge as judgeChoices } from '../order/choices.ts'
import { judge as judgePresence } from './presence.ts'
import type { Absence } from './presence.ts'

/** Bursts are what is short; what varies over long stretches may be the absences themselves. */
const longestBurst = 16
/** Significance. */
const alpha = 0.001
/** Milliseconds. A shorter one is no absence to anybody who waits for answers. */
const shortest = 20

/** The stretches in which a replica was not chosen, however short, though chance cannot explain it. */
export function absencesOf({ presence, choices }: DealtOut): Absence[] {
  const bursts = judgeChoices(choices)
    .scales.filter(({ window, pHigh }) => window <= longestBurst && pHigh < alpha)
    .map(({ ratio }) => ratio)
  return judgePresence(presence, Math.max(1, ...bursts))
}

/** Those that matter to somebody. */
export function longAbsencesOf(dealt: DealtOut): Absence[] {
  return absencesOf(dealt).filter(({ from, to }) => to - from >= shortest)
}
