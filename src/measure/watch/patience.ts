import type { Member } from './members.ts'

/**
 * For how many answers of others a replica may be silent: as long as chance explains it, or, where the
 * balancer is more regular than chance, three times the longest silence that it usually leaves.
 */
export interface Patience {
  /** The longest gaps, in units of the average one, of this spell of answers and of the one before. */
  longest: [current: number, before: number]
  gaps: number
  spells: number
}

/** −ln of the chance of a silence: 13 million a month, one at 5 a second after each answer. */
const improbable = 18
/** Answers after which a spell ends: among so many, chance leaves a gap of eight times the average. */
const spell = 5000
/** At least; a balancer that takes turns begins anew now and then. */
const regular = { least: 6, times: 3 }

export function createPatience(): Patience {
  return { longest: [0, 0], gaps: 0, spells: 0 }
}

/** @param gap between two answers of a replica, in units of its average one */
export function addGap(patience: Patience, gap: number): void {
  const { longest } = patience
  longest[0] = Math.max(longest[0], gap)
  patience.gaps += 1
  if (patience.gaps < spell) return
  patience.longest = [0, longest[0]]
  patience.gaps = 0
  patience.spells += 1
}

/**
 * Whether a replica's silence is longer than chance explains.
 * @param position of the latest answer
 * @param members that answer at the moment: none is taken for more often chosen than by equal shares,
 *   as weights change
 */
export function isSilent(
  patience: Patience,
  { gap, position: own }: Member,
  position: number,
  members: number,
): boolean {
  const share = Math.min(1 / Math.max(gap, 1), 1 / Math.max(members, 2))
  const silence = position - own
  if (silence * -Math.log1p(-share) > improbable) return true
  if (patience.spells === 0) return false
  const longest = Math.max(...patience.longest)
  return silence * share > Math.max(regular.least, regular.times * longest)
}
