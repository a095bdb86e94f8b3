import { dispersionAt } from './dispersion.ts'
import type { Dispersion, DispersionAt } from './dispersion.ts'
import { preferenceForIdle } from './load.ts'
import type { Choices, Load } from './load.ts'

/** How replicas take turns, whatever their shares, and what decided it. */
export interface Turns {
  turns: 'round-robin' | 'least-connections' | 'random' | 'cannot-tell'
  /** The scale that decided (absent: too few answers). */
  decisive?: DispersionAt | undefined
  /** At that scale, round robin by up to `maxWorkers` proxy workers keeps the ratio below this. */
  roundRobinLimit?: number | undefined
  scales: DispersionAt[]
  unequal: Choices
  contested: Choices
  /** Preference for the least loaded replica, 0 to 1, where it and rotation disagree, and overall. */
  preferenceContested?: number | undefined
  preferenceUnequal?: number | undefined
}

/** Significance: one wrong call in ten thousand runs for each scale looked at. */
const alpha = 1e-4
/** Fewer degrees of freedom than this say nothing at that level. */
const minDegrees = 12
const minDecisions = 30
/** The preference for idle replicas from which on it is called least connections. */
const minPreference = 0.4
/** A ratio this near to 1 is called random even where a long run can tell it from 1. */
const nearlyRandom = 0.25
/** nginx runs one worker for each core, and each takes turns for itself. */
const maxWorkers = 8

/**
 * A worker that takes turns among k replicas gives each ⌊m/k⌋ or ⌈m/k⌉ of m answers, so a count's
 * variance is (1 − 1/k²)/6 at most on average, whatever m. `workers` of them interleaved at random
 * give the dispersion ratio workers · (k + 1) / (6 · window), which falls with the window; chance
 * does not, and neither do least connections where the response times vary.
 */
function roundRobinRatio(workers: number, replicas: number, window: number): number {
  return (workers * (replicas + 1)) / (6 * window)
}

export function judgeTurns(dispersion: Dispersion, load: Load, replicas: number): Turns {
  const scales = dispersionAt(dispersion, minDegrees)
  const evidence = {
    scales,
    unequal: load.unequal,
    contested: load.contested,
    preferenceUnequal: preferenceForIdle(load.unequal, minDecisions),
    preferenceContested: preferenceForIdle(load.contested, minDecisions),
  }
  const last = scales.at(-1)
  if (!last) return { turns: 'cannot-tell', ...evidence }

  // Twice the expectation, for the spread of the estimate.
  const limit = (window: number) => Math.min(0.5, 2 * roundRobinRatio(maxWorkers, replicas, window))
  // Windows long enough to tell round robin from everything else; in a short run, the longest.
  const telling = scales.filter(({ window }) => limit(window) <= 0.25)
  const candidates = telling.length > 0 ? telling : [last]
  const regular = candidates.find((at) => at.pLow < alpha && at.ratio <= limit(at.window))
  const [shortest = last] = candidates
  const decided = (turns: Turns['turns'], decisive: DispersionAt): Turns => ({
    turns,
    decisive,
    roundRobinLimit: limit(decisive.window),
    ...evidence,
  })

  const irregular = last.ratio > roundRobinRatio(maxWorkers, replicas, last.window)
  if (irregular && (evidence.preferenceContested ?? 0) >= minPreference) {
    return decided('least-connections', last)
  }
  if (regular) return decided('round-robin', regular)
  if ((evidence.preferenceUnequal ?? 0) >= minPreference) return decided('least-connections', last)
  const likeChance =
    Math.abs(shortest.ratio - 1) <= nearlyRandom ||
    (shortest.pLow >= alpha && shortest.pHigh >= alpha)
  return decided(likeChance ? 'random' : 'cannot-tell', shortest)
}
