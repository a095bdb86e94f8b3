/** Sums of parts are not exact. */
const rounding = 1e-9

/**
 * The least value that no less than a part of all does not exceed; 0 where there are none.
 * @param weighted values, each with how many or how much there is of it @param part 0 to 1
 */
export function quantile(weighted: readonly (readonly [number, number])[], part: number): number {
  const rank = part * weighted.reduce((sum, [, weight]) => sum + weight, 0) - rounding
  let below = 0
  const found = weighted
    .toSorted(([a], [b]) => a - b)
    .find(([, weight]) => (below += weight) >= rank)
  return found?.[0] ?? 0
}
