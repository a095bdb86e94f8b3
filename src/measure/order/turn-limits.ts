import { chiSquareTails } from '../statistics/significance.ts'

/** nginx runs one worker for each core, and each takes turns for itself. */
export const maxWorkers = 8
/** A ratio above this is not called round robin, whatever the number of workers. */
export const maxRegular = 0.6
/** Significance: one wrong call in a thousand runs. */
const alpha = 1e-3
/** Fewer degrees of freedom than this say nothing at one in a thousand. */
export const minDegrees = 12

/**
 * The dispersion ratio of round robin. A worker gives a replica of share p its due number of
 * answers to within rounding, the variance of which is (1 − p²)/6 on average however long the
 * window; so workers interleaved at random give workers · (Σ 1/p − 1) / (6 · (k − 1) · window). That
 * falls with the window. Chance does not, nor do least connections where response times vary.
 */
function roundRobinRatio(workers: number, shares: readonly number[], window: number): number {
  const inverse = shares.reduce((sum, share) => sum + 1 / share, 0)
  return (workers * (inverse - 1)) / (6 * (shares.length - 1) * window)
}

/**
 * Turns by so many workers keep the dispersion ratio in windows of that many answers below this: two
 * and a half times the expectation, since workers that start in step add to it, and so does noise.
 */
export function turnLimit(workers: number, shares: readonly number[], window: number): number {
  return Math.min(maxRegular, 2.5 * roundRobinRatio(workers, shares, window))
}

/** Whether windows are long enough to tell turns from chance, and enough of them that it is seen. */
export function tells(shares: readonly number[], window: number, degrees: number): boolean {
  const most = turnLimit(maxWorkers, shares, window)
  return most < maxRegular && chiSquareTails(most * degrees, degrees).pLow < alpha
}

/** More than anybody would send to learn it. */
const tooMany = 1e9

/** How many more than `total` answers it takes, about, until some windows tell turns from chance. */
export function answersUntilTold(shares: readonly number[], total: number): number | undefined {
  if (shares.length < 2) return undefined
  const told = (answers: number) => {
    for (let window = 4; 2 * window <= answers; window *= 2) {
      // Pairs of windows of this size and of the three above it (`dispersionAt`).
      const pairs = [2, 4, 8, 16].reduce((sum, by) => sum + Math.floor(answers / (by * window)), 0)
      const degrees = pairs * (shares.length - 1)
      if (degrees >= minDegrees && tells(shares, window, degrees)) return true
    }
    return false
  }
  let answers = Math.max(total, 10)
  while (!told(answers) && answers < tooMany) answers = Math.ceil(answers * 1.1)
  return answers < tooMany ? Math.max(answers - total, 10) : undefined
}
