/** Standard deviations: where nothing is wrong, one such deviation in two hundred replicas. */
const z = 2.6
/** Where replicas take turns, counts are nearly exact; but not more exact than this can be known. */
const leastDispersion = 0.05

/** How many of `total` one of `replicas` gets if it gets twice what each of the others does. */
const ofTwice = (replicas: number, total: number) => (2 * total) / (replicas + 1)

function deviation(replicas: number, total: number, dispersion: number): number {
  const part = 2 / (replicas + 1)
  return Math.sqrt(total * part * (1 - part) * Math.max(dispersion, leastDispersion))
}

/**
 * Whether the counts exclude that somebody gets twice what the others get: the unevenness that a
 * statement of evenness must not overlook.
 * @param dispersion how much counts vary, compared with chance
 */
export function twiceIsExcluded(counts: readonly number[], dispersion: number): boolean {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const most = Math.max(...counts)
  return most + z * deviation(counts.length, total, dispersion) < ofTwice(counts.length, total)
}

/**
 * How many more it takes until even counts exclude that, about: a whole number.
 * @param total may have a fraction: counts of replicas that came or went are scaled to the whole run
 */
export function requestsForEven(replicas: number, total: number, dispersion: number): number {
  // Even counts themselves deviate by about as much once more.
  const perRequest = ofTwice(replicas, 1) - 1 / replicas
  const needed = (2 * z * deviation(replicas, 1, dispersion)) / perRequest
  return Math.ceil(Math.max(needed ** 2 - total, total / 4, 10))
}
