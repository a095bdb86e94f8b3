import { dealtOut } from '../affinity/dealt-out.ts'
import type { Connections } from '../affinity/connections.ts'
import { absencesOf } from '../replicas/absences.ts'
import type { Absence } from '../replicas/presence.ts'
import { sumOf } from '../statistics/maps.ts'
import { chiSquareTails } from '../statistics/significance.ts'
import type { Tally } from '../tally.ts'
import { judge as judgeChoices } from './choices.ts'
import type { ChoiceEvidence } from './choices.ts'
import type { DispersionAt } from './dispersion.ts'
import { answersUntilTold, maxWorkers, tells, turnLimit } from './turn-limits.ts'

/** How replicas take turns, whatever their shares, and what decided it. */
export interface Turns extends ChoiceEvidence {
  turns: 'round-robin' | 'least-connections' | 'random' | 'cannot-tell'
  /** How many more of what is dealt out it would take (absent: it can be told, or never may be). */
  more?: number | undefined
  /** Load decides more often than chance, though not so often as with least connections. */
  byLoad: boolean
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
/** The ratio of round robin by so many workers in windows that are long. */
const exact = 0.1
const fewWorkers = 2
/** In long windows, so high a ratio is not that of turns, even of requests that overtake each other. */
const irregularity = 0.3
/** With fewer replicas, chance too often makes the counts of a whole run exactly even. */
const minReplicasForWholeRun = 5
/** Significance of turns, which are looked for at every scale. */
const regularity = 1e-4
/** Standard errors at which load may have decided; and one wrong call in fifteen thousand. */
const noticeable = 2.5
const maxDeviation = 4

/** The whole run as one window: how near the counts are to exactly even ones. */
function wholeRun(counts: readonly number[]): DispersionAt {
  const window = counts.reduce((sum, count) => sum + count, 0)
  const degrees = counts.length - 1
  const expected = window / counts.length
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  return {
    window,
    degrees,
    ratio: chiSquare / degrees,
    ...chiSquareTails(chiSquare, degrees),
  }
}

/**
 * Whether the next answer on a connection comes from the same replica neither more nor less often
 * than from any other connection. In step with their clients, workers that take turns can vary
 * from window to window like chance, but not from request to request on a connection.
 */
function independentOnConnections(connections: Connections, same: number): boolean {
  const { further, sameReplica } = connections
  const spread = Math.sqrt(further * same * (1 - same))
  return Math.abs(sameReplica - further * same) <= maxDeviation * spread
}

/**
 * How often two answers that are drawn come from the same replica: while one is away, the others are
 * all there are to draw from.
 */
function sameByChance(counts: ReadonlyMap<string, number>, absences: readonly Absence[]): number {
  const total = sumOf(counts)
  const missed = new Map<string, number>()
  for (const { replica, others } of absences) {
    missed.set(replica, (missed.get(replica) ?? 0) + others)
  }
  const weights = new Map(
    [...counts].map(([replica, count]) => [replica, count / (total - (missed.get(replica) ?? 0))]),
  )
  const without = (away?: string) => {
    const there = [...weights].filter(([replica]) => replica !== away).map(([, weight]) => weight)
    const sum = there.reduce((all, weight) => all + weight, 0)
    return there.reduce((all, weight) => all + (weight / sum) ** 2, 0)
  }
  const parts = [...missed].map(([replica, others]) => ({ replica, part: others / total }))
  const away = parts.reduce((sum, { part }) => sum + part, 0)
  // In a rollout everybody is away for a while, which comes to more than the run: by their parts.
  return parts.reduce(
    (sum, { replica, part }) => sum + (part / Math.max(1, away)) * without(replica),
    Math.max(0, 1 - away) * without(),
  )
}

/**
 * Names the way in which turns are taken: least connections where idle replicas are preferred and
 * counts are not as regular as in round robin; else round robin where they are; else random where
 * they vary as by chance at every scale up to the deciding one, and on each connection. The best of
 * two random choices lies in between and comes out as least connections or random.
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
  if (!last) return { turns: 'cannot-tell', more, byLoad: false, ...evidence }

  // Windows long enough to tell round robin from chance, with so many of them that it would be seen;
  // in a short run, the longest there are.
  const telling = scales.filter(({ window, degrees }) => tells(shares, window, degrees))
  const candidates = telling.length > 0 ? telling : [last]
  const [shortest = last] = candidates
  const windows =
    counts.length < minReplicasForWholeRun ? candidates : [...candidates, wholeRun(counts)]
  const regular = (workers: number) =>
    windows.find((at) => at.pLow < regularity && at.ratio <= limit(workers, at.window))
  const decided = (turns: Turns['turns'], decisive: DispersionAt): Turns => ({
    turns,
    decisive,
    roundRobinLimit: limit(maxWorkers, decisive.window),
    byLoad: false,
    ...evidence,
  })

  // With few workers and even response times, round robin looks like a preference for the idle.
  const often = evidence.contested.decisions >= minContested
  const prefersIdle = often && evidence.preferenceContested >= minPreference
  if (prefersIdle && !regular(fewWorkers)) return decided('least-connections', shortest)
  const decisive = regular(maxWorkers)
  // In long windows the counts of workers are nearly exact; those of a choice by load are not.
  const long = scales.filter(({ window }) => limit(maxWorkers, window) <= exact)
  const inTurn = long.some(({ window, ratio }) => ratio <= limit(maxWorkers, window))
  const notInTurn = long.some(({ window, ratio }) => ratio > 2 * limit(maxWorkers, window))
  // Workers that take turns know nothing of load; where turns are less exact, something else decides.
  const byLoad =
    evidence.dependenceContested > noticeable && !regular(fewWorkers) && (!inTurn || notInTurn)
  if (decisive && !byLoad) return decided('round-robin', decisive)
  if (often && byLoad && evidence.preferenceUnequal >= minPreference) {
    return decided('least-connections', shortest)
  }
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
  // Turns that are as regular as those of workers may follow load by being taken.
  const followsLoad =
    evidence.dependence > maxDeviation &&
    evidence.dependenceContested > maxDeviation &&
    (!decisive || notInTurn)
  // Neither turns nor chance; and a replica that comes or goes has nothing to do with it.
  const irregular = long.length > 0 && long.every(({ ratio }) => ratio > irregularity)
  const onlyLoad =
    irregular &&
    absences.length === 0 &&
    evidence.dependence > maxDeviation &&
    evidence.dependenceContested > -noticeable
  return {
    ...undecided,
    more: telling.length === 0 ? more : undefined,
    byLoad: telling.length > 0 && (followsLoad || onlyLoad),
  }
}
