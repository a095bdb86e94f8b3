import { dealtOut } from '../affinity/dealt-out.ts'
import { absencesOf } from '../replicas/absences.ts'
import { sumOf } from '../statistics/maps.ts'
import { chiSquareOfEven, chiSquareTails } from '../statistics/significance.ts'
import type { Tally } from '../tally.ts'
import { judge as judgeChoices, prefersIdleEverywhere } from './choices.ts'
import type { ChoiceEvidence } from './choices.ts'
import { comesInBursts } from './dispersion.ts'
import type { DispersionAt } from './dispersion.ts'
import { independentOnConnections, sameByChance } from './independence.ts'
import { splitsByVersion } from './split.ts'
import { answersUntilTold, maxRegular, maxWorkers, tells, turnLimit } from './turn-limits.ts'

/** How replicas take turns, whatever their shares, and what decided it. */
export interface Turns extends ChoiceEvidence {
  turns: 'round-robin' | 'least-connections' | 'random' | 'cannot-tell'
  /** How many more of what is dealt out it would take (absent: it can be told, or never may be). */
  more?: number | undefined
  /** Load decides more often than chance, though not so often as with least connections. */
  byLoad: boolean
  /** A version is drawn for each request, and its replicas take turns. */
  split: boolean
  /** The scale that decided (absent: too few answers). */
  decisive?: DispersionAt | undefined
  /** At that scale, round robin by up to eight proxy workers keeps the ratio below this. */
  roundRobinLimit?: number | undefined
}

/** Significance of bursts: one wrong call in ten thousand runs. */
const tooIrregular = 1e-4
/** The preference for idle replicas from which on it is called least connections. */
const minPreference = 0.2
/** Turns and load must have disagreed so often before load is said to decide. */
const minContested = 30
/** A ratio this near to 1 is called random even where a long run can tell it from 1. */
const nearlyRandom = 0.1
/** A ratio so improbably low is none of chance: to call it so would be a wrong call. */
const tooRegular = 0.003
/** The ratio of round robin in windows that are long. */
const exact = 0.1
/** So few workers are more exact in their turns than any choice by load. */
const fewWorkers = 4
/** With fewer replicas, chance too often makes the counts of a whole run exactly even. */
const minReplicasForWholeRun = 5
/** How far above their limit turns may be in some longer window. */
const slack = 1.5
/** Significance of turns, which are looked for at every scale. */
const regularity = 1e-4
/** Standard errors at which load may have decided; and one wrong call in fifteen thousand. */
const noticeable = 2.5
const maxDeviation = 4

/** The whole run as one window: how near the counts are to exactly even ones. */
function wholeRun(counts: readonly number[]): DispersionAt {
  const window = counts.reduce((sum, count) => sum + count, 0)
  const degrees = counts.length - 1
  const chiSquare = chiSquareOfEven(counts)
  return {
    window,
    degrees,
    ratio: chiSquare / degrees,
    ...chiSquareTails(chiSquare, degrees),
  }
}

/**
 * Names the way in which turns are taken: round robin where counts are as regular as turns make them,
 * and ever more so in longer windows; else least connections where idle replicas are preferred; else
 * random where counts vary as by chance at every scale up to the deciding one, and on each connection.
 * The best of two random choices lies in between and comes out as least connections or random.
 */
export function judgeTurns(tally: Tally): Turns {
  const dealt = dealtOut(tally)
  const { choices, connections } = dealt
  const absences = absencesOf(dealt)
  const counts = [...dealt.counts.values()]
  const evidence = judgeChoices(choices)
  const { scales } = evidence
  const last = scales.at(-1)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const shares = counts.map((count) => count / total)
  const limit = (workers: number, window: number) => turnLimit(workers, shares, window)
  // Of kept connections only how many there are of each is known, and not in which order.
  const known = dealt.unit === 'connections' ? sumOf(connections.fresh) : total
  const more =
    dealt.unit === 'clients' || dealt.unit === 'URLs' ? undefined : answersUntilTold(shares, known)
  if (!last) return { turns: 'cannot-tell', more, byLoad: false, split: false, ...evidence }

  // Windows long enough to tell round robin from chance, with so many of them that it would be seen;
  // in a short run, the longest there are.
  const telling = scales.filter(({ window, degrees }) => tells(shares, window, degrees))
  const candidates = telling.length > 0 ? telling : [last]
  const [shortest = last] = candidates
  const windows =
    counts.length < minReplicasForWholeRun ? candidates : [...candidates, wholeRun(counts)]
  const regular = (workers: number) =>
    windows.find((at) => at.pLow < regularity && at.ratio <= limit(workers, at.window))
  const split = splitsByVersion(tally, scales)
  const decided = (turns: Turns['turns'], decisive: DispersionAt): Turns => ({
    turns,
    decisive,
    roundRobinLimit: limit(maxWorkers, decisive.window),
    byLoad: false,
    split,
    ...evidence,
  })

  // Turns by one worker are seen in windows that are too short for those by many.
  const single = scales.find(
    ({ window, ratio, pLow }) =>
      pLow < regularity && limit(1, window) < maxRegular && ratio <= limit(1, window),
  )
  const decisive = regular(maxWorkers) ?? single
  // The counts of turns get ever more exact in longer windows; those of a choice by load do not.
  const later = scales.filter(({ window }) => decisive !== undefined && window > decisive.window)
  const ever = later.every(
    ({ window, ratio }) => ratio <= Math.max(exact, slack * limit(maxWorkers, window)),
  )
  // Where few take turns, who is asked next has often been idle longest: that is no preference.
  const byLoad = evidence.dependenceContested > noticeable && !regular(fewWorkers)
  if (decisive && ever && !byLoad) return decided('round-robin', decisive)
  // One that comes or goes disturbs turns once, and is the least busy when it comes.
  const disturbed = decisive !== undefined && absences.length > 0
  const inBursts = comesInBursts(scales)
  const often = evidence.contested.decisions >= minContested && !inBursts
  const prefersIdle = often && evidence.preferenceContested >= minPreference
  if (prefersIdle && !disturbed) return decided('least-connections', shortest)
  if (disturbed && !prefersIdle && !byLoad) return decided('round-robin', decisive)
  const likeChance = scales
    .filter(({ window }) => window <= shortest.window)
    .every(
      ({ ratio, pLow, pHigh }) =>
        Math.abs(ratio - 1) <= nearlyRandom || (pLow >= tooRegular && pHigh >= tooIrregular),
    )
  const random =
    telling.length > 0 &&
    likeChance &&
    Math.abs(evidence.dependence) <= maxDeviation &&
    independentOnConnections(connections, sameByChance(dealt.counts, absences))
  const undecided = decided(random ? 'random' : 'cannot-tell', shortest)
  const followsLoad =
    !split &&
    !disturbed &&
    evidence.dependence > maxDeviation &&
    evidence.dependenceContested > maxDeviation &&
    prefersIdleEverywhere(evidence)
  return {
    ...undecided,
    more: telling.length === 0 ? more : undefined,
    byLoad: telling.length > 0 && !inBursts && followsLoad,
  }
}
