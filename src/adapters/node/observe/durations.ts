/** Which requests are counted together. All three come from closed sets. */
export interface Labels {
  readonly method: string
  readonly route: string
  readonly status: number
}

interface Series {
  readonly labels: Labels
  /** How many there were, and how many seconds they took together. */
  count: number
  sum: number
  /** For each bound, how many took at most that long and longer than the bound before. */
  readonly buckets: number[]
}

/**
 * A histogram of seconds, shown by prom-client. To count in prom-client's own took a tenth of a
 * whole request's time (docs/performance.md), since it finds its buckets by the text of their bounds.
 * @param bounds the upper bounds of the buckets, ascending
 */
export function createDurations(name: string, help: string, bounds: readonly number[]) {
  const all = new Map<string, Series>()
  let last: Series | undefined

  const seriesOf = (labels: Labels): Series => {
    // Most requests are like the one before, and to see that takes less than to make a key.
    if (last && isSame(last.labels, labels)) return last
    const key = `${labels.method} ${labels.route} ${labels.status}`
    const series = all.get(key) ?? { labels, count: 0, sum: 0, buckets: bounds.map(() => 0) }
    all.set(key, series)
    last = series
    return series
  }

  const valuesOf = ({ labels, count, sum, buckets }: Series) => {
    let below = 0
    const cumulative = bounds.map((le, i) => {
      below += buckets[i] ?? 0
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: below }
    })
    return [
      ...cumulative,
      { metricName: `${name}_bucket`, labels: { le: '+Inf', ...labels }, value: count },
      { metricName: `${name}_sum`, labels: { ...labels }, value: sum },
      { metricName: `${name}_count`, labels: { ...labels }, value: count },
    ]
  }

  return {
    observe(labels: Labels, seconds: number): void {
      const series = seriesOf(labels)
      series.count += 1
      series.sum += seconds
      const bucket = bounds.findIndex((bound) => seconds <= bound)
      if (bucket >= 0) series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1
    },
    series: (): Iterable<Readonly<Series>> => all.values(),
    name,
    /** What prom-client's registry asks of each metric, to make its text. */
    get: () =>
      Promise.resolve({
        name,
        help,
        type: 'histogram',
        values: [...all.values()].flatMap(valuesOf),
      }),
  }
}

function isSame(a: Labels, b: Labels): boolean {
  return a.status === b.status && a.route === b.route && a.method === b.method
}
