import * as v from 'valibot'
import { count, entriesOf, mapOf } from './schemas.ts'

/**
 * Counts over time, in at most `maxBuckets` buckets for each label. A bucket's width is a power of
 * two of milliseconds and its edges are multiples of that since the Unix epoch, so the timelines of
 * different probes fit each other exactly.
 */
export interface Timeline {
  /** Milliseconds. */
  width: number
  lanes: Map<string, Lane>
  /** The first and the last time counted (absent: none yet). */
  span?: Span | undefined
}

/** The buckets of a label that are not empty, in the order of time. */
export type Lane = Bucket[]

export interface Bucket {
  /** Time divided by width, rounded down. */
  number: number
  count: number
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
    lane = []
    timeline.lanes.set(label, lane)
  }
  addToLane(lane, Math.floor(time / timeline.width), 1)
}

function addToLane(lane: Lane, number: number, count: number): void {
  // Nearly always the last one.
  let place = lane.length - 1
  let bucket = lane[place]
  while (bucket && bucket.number > number) bucket = lane[--place]
  if (bucket?.number === number) bucket.count += count
  else lane.splice(place + 1, 0, { number, count })
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
    const wider: Lane = []
    for (const { number, count } of lane) addToLane(wider, Math.floor(number / ratio), count)
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
      const into = merged.lanes.get(label) ?? []
      for (const { number, count } of lane) {
        addToLane(into, Math.floor((number * width) / merged.width), count)
      }
      merged.lanes.set(label, into)
    }
  }
  return merged
}

export const timelineSchema = {
  write: ({ width, lanes, span }: Timeline) => ({
    width,
    lanes: entriesOf(lanes, (lane) =>
      lane.map(({ number, count }): [number, number] => [number, count]),
    ),
    span,
  }),
  read: v.object({
    width: v.pipe(v.number(), v.minValue(1)),
    lanes: mapOf(
      v.pipe(
        v.array(v.tuple([v.pipe(v.number(), v.integer()), count])),
        v.transform((pairs): Lane => pairs.map(([number, count]) => ({ number, count }))),
      ),
    ),
    span: v.optional(v.object({ first: v.number(), last: v.number() })),
  }),
}
