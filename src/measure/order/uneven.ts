import type { ReplicaShare } from '../balance/shares.ts'
import { prefersIdleEverywhere } from './choices.ts'
import { comesInBursts } from './dispersion.ts'
import type { SlowVerdict } from '../times/slow.ts'
import type { Turns } from './turns.ts'

/** Standard deviations, of shares that are learnt on the way. */
const maxDeviation = 6
/** Ratios of dispersion. */
const lessThanChance = 0.8
const littleVariation = 0.3
/** Standard deviations at which load may have decided. */
const noticeable = 2.5
/** At least this much preference for idle replicas is none of weights, in whatever order. */
const minPreference = 0.05

/** Counts vary less than at random: a rule of turns that follows the load looks so, and is none. */
function evenly({ scales }: Turns): boolean {
  return scales.some(({ ratio }) => ratio < lessThanChance)
}

/** Counts vary little in some windows: it may be turns by many workers. */
function likeTurns({ scales }: Turns): boolean {
  return scales.some(({ ratio }) => ratio < littleVariation)
}

/** Whether replicas that are much slower get less than all others: load may be why, not weights. */
function slowGetLess({ replicas: slow }: SlowVerdict, shares: readonly ReplicaShare[]): boolean {
  const isSlow = (one: ReplicaShare) => slow.some(({ replica }) => replica === one.replica)
  const least = Math.min(...shares.filter((one) => !isSlow(one)).map(({ low }) => low))
  return shares.some((one) => isSlow(one) && one.high < least)
}

/**
 * Why replicas get unequal shares. Weights do not look at how busy a replica is, so they are what is
 * left where neither turns nor a slow replica say that load decides.
 */
export function judgeUneven(
  turns: Turns,
  slow: SlowVerdict,
  shares: readonly ReplicaShare[],
): 'least-connections' | 'uneven' | 'weighted' | 'cannot-tell' {
  const { dependence, dependenceContested, preferenceUnequal, preferenceContested } = turns
  const contested = preferenceContested >= minPreference
  if (turns.turns === 'round-robin') {
    return contested || comesInBursts(turns.scales) ? 'cannot-tell' : 'weighted'
  }
  // A version's weight, divided among its replicas.
  if (turns.split) return 'weighted'
  const prefersIdle = preferenceUnequal >= minPreference && prefersIdleEverywhere(turns)
  if (prefersIdle) return likeTurns(turns) ? 'cannot-tell' : 'least-connections'
  // No weights look for the busy ones.
  const prefersBusy = Math.min(dependence, dependenceContested) < -maxDeviation
  if (prefersBusy && !evenly(turns)) return 'uneven'
  const byLoad = dependenceContested > noticeable || slowGetLess(slow, shares)
  return turns.turns === 'cannot-tell' || byLoad ? 'cannot-tell' : 'weighted'
}
