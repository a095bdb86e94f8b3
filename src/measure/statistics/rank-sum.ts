/** The ranks of values, from 1; equal ones share the mean of theirs. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Array<number>(values.length).fill(0)
  for (let from = 0, to = 0; from < order.length; from = to) {
    const value = values[order[from] ?? 0]
    while (to < order.length && values[order[to] ?? 0] === value) to += 1
    for (const index of order.slice(from, to)) ranks[index] = (from + 1 + to) / 2
  }
  return ranks
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** How much each value takes after the one before it (lag-1 autocorrelation), over series together. */
function autocorrelation(series: readonly (readonly number[])[]): number {
  let [together, alone] = [0, 0]
  for (const values of series) {
    const mean = meanOf(values)
    values.forEach((value, index) => {
      alone += (value - mean) ** 2
      const previous = values[index - 1]
      if (previous !== undefined) together += (value - mean) * (previous - mean)
    })
  }
  return alone === 0 ? 0 : together / alone
}

/**
 * Whether the values of `b` are larger than those of `a` (Wilcoxon 1945, Mann and Whitney 1947), in
 * standard deviations: whatever the distribution, and however far off single values are. Values of a series
 * that take after each other count as fewer.
 */
export function rankSum(a: readonly number[], b: readonly number[]): number {
  const ranks = ranksOf([...a, ...b])
  const [ofA, ofB] = [ranks.slice(0, a.length), ranks.slice(a.length)]
  const n = ranks.length
  const mean = (n + 1) / 2
  // The variance of a rank, ties allowed for.
  const variance = ranks.reduce((sum, rank) => sum + (rank - mean) ** 2, 0) / (n - 1)
  if (a.length === 0 || b.length === 0 || variance === 0) return 0
  const deviation = Math.sqrt(variance * (1 / a.length + 1 / b.length))
  // What chance gives is not counted.
  const alike = Math.min(0.9, Math.max(0, autocorrelation([ofA, ofB]) - 1 / Math.sqrt(n)))
  return ((meanOf(ofB) - meanOf(ofA)) / deviation) * Math.sqrt((1 - alike) / (1 + alike))
}
