import type { Observation } from '../observation.ts'
import type { Tell } from './change.ts'
import { addLoss, createLosses, failingOf } from './losses.ts'
import type { Losses } from './losses.ts'

/** Whether anything succeeds. */
export interface Outage {
  /** Failures in a row (absent: the last request succeeded), and how many they are. */
  losses: Losses | undefined
  streak: number
  begun: boolean
  /** The part of the requests that failed lately, as it was before the streak. */
  share: number
}

/** So many in a row, and for so long (ms), at least: a second of reloading is told as failures. */
const shortest = 20
const shortestTime = 3000
const longest = 100
/** −ln of the chance that a streak among other failures comes about by itself. */
const improbable = 16
/** Requests that the share is of. */
const memory = 100

export function createOutage(): Outage {
  return { losses: undefined, streak: 0, begun: false, share: 0 }
}

/** Where half of the requests fail anyway, twenty in a row come by themselves. */
function longestByChance(share: number): number {
  const streak = improbable / -Math.log(Math.min(Math.max(share, 1e-9), 1 - 1e-9))
  return Math.min(Math.max(streak, shortest), longest)
}

/** @returns whether an outage has ended with this request */
export function addToOutage(outage: Outage, observation: Observation, tell: Tell): boolean {
  const { outcome, sent, done } = observation
  if (outcome === 'answered') {
    const { losses, begun, streak } = outage
    outage.share += streakShare(outage.share, streak)
    outage.losses = undefined
    outage.streak = 0
    outage.begun = false
    if (!begun || !losses) return false
    tell({ change: 'outage-over', at: done, ...failingOf(losses, streak) })
    return true
  }
  outage.losses ??= createLosses(sent)
  outage.losses.requests += 1
  outage.streak += 1
  addLoss(outage.losses, observation)
  if (outage.begun || done - outage.losses.since < shortestTime) return false
  if (outage.streak < longestByChance(outage.share)) return false
  outage.begun = true
  tell({ change: 'outage', at: done, ...failingOf(outage.losses, outage.streak) })
  return false
}

/** What `failures` in a row and a success after them add to the share. */
function streakShare(share: number, failures: number): number {
  const kept = (1 - 1 / memory) ** failures
  return (1 - (1 - share) * kept) * (1 - 1 / memory) - share
}
