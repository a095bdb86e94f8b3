/**
 * Counts over time, in at most `maxBuckets` buckets for each label. A bucket's width is a power of
 * two of milliseconds and its edges are multiples of that since the Unix epoch, so the timelines of
 * different probes fit each other exactly.
 */
export interface Timeline {
  /** Milliseconds. */
  width: number
  /** For each label, the bucket's number (time divided by width, rounded down) and its count. */
  lanes: Map<string, Map<number, number>>
  /** The first and the last time counted (absent: none yet). */
  span?: Span | undefined
}

/** Unix ms. */
interface Span {
  first: number
  last: number
}

const maxBuckets = 256

export function createTimeline(): Timeline {
  return { width: 1, lanes: new Map(), span: undefined }
}

/** @param time Unix ms */
export function addToTimeline(timeline: Timeline, label: string, time: number): void {
  const { span } = timeline
  if (!span || time < span.first || time > span.last) {
    stretch(timeline, time, time)
  }
  let lane = timeline.lanes.get(label)
  if (!lane) {
    lane = new Map<number, number>()
    timeline.lanes.set(label, lane)
  }
  const bucket = Math.floor(time / timeline.width)
  lane.set(bucket, (lane.get(bucket) ?? 0) + 1)
}

/** Doubles the width until these times fit too. */
function stretch(timeline: Timeline, from: number, to: number): void {
  const span = (timeline.span ??= { first: from, last: to })
  const first = (span.first = Math.min(span.first, from))
  const last = (span.last = Math.max(span.last, to))
  let { width } = timeline
  while (Math.floor(last / width) - Math.floor(first / width) >= maxBuckets) width *= 2
  if (width === timeline.width) return
  const ratio = width / timeline.width
  for (const [label, lane] of timeline.lanes) {
    const wider = new Map<number, number>()
    for (const [bucket, count] of lane) {
      const into = Math.floor(bucket / ratio)
      wider.set(into, (wider.get(into) ?? 0) + count)
    }
    timeline.lanes.set(label, wider)
  }
  timeline.width = width
}

/** Both together. */
export function mergeTimelines(a: Timeline, b: Timeline): Timeline {
  const merged = createTimeline()
  merged.width = Math.max(a.width, b.width)
  for (const { span } of [a, b]) if (span) stretch(merged, span.first, span.last)
  for (const { width, lanes } of [a, b]) {
    for (const [label, lane] of lanes) {
      const into = merged.lanes.get(label) ?? new Map<number, number>()
      for (const [bucket, count] of lane) {
        const wider = Math.floor((bucket * width) / merged.width)
        into.set(wider, (into.get(wider) ?? 0) + count)
      }
      merged.lanes.set(label, into)
    }
  }
  return merged
}
