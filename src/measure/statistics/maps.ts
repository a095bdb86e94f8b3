/** Counts one more under `key`. */
export function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

export function sumOf(counts: ReadonlyMap<unknown, number>): number {
  let sum = 0
  for (const count of counts.values()) sum += count
  return sum
}

/**
 * How often two that are drawn at random have the same key: the sum of squared shares (Simpson 1949).
 * @param total what the shares are of
 */
export function sameKeyByChance(
  counts: ReadonlyMap<unknown, number>,
  total = sumOf(counts),
): number {
  let sum = 0
  for (const count of counts.values()) sum += (count / total) ** 2
  return sum
}

/** Both together. */
export function mergeMaps<Value>(
  a: ReadonlyMap<string, Value>,
  b: ReadonlyMap<string, Value>,
  mergeValues: (x: Value, y: Value) => Value,
): Map<string, Value> {
  const merged = new Map(a)
  for (const [key, value] of b) {
    const known = merged.get(key)
    merged.set(key, known === undefined ? value : mergeValues(known, value))
  }
  return merged
}

/** The sum of two counts, for {@link mergeMaps}. */
export const add = (x: number, y: number): number => x + y
