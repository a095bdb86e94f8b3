import { isTimed } from '../../../measure/observation.ts'
import { quantile } from '../../../measure/statistics/quantile.ts'
import { latencyOf, type Timelines } from '../../../measure/times/timelines.ts'
import type { Stretch } from './windows.ts'

/** As many points as can be told apart, and as have enough requests in them. */
const mostPoints = 60

/** What ended in a stretch of time. */
export interface Point {
  /** The middle, Unix ms. */
  time: number
  /** Requests a second. */
  answered: number
  lost: number
  /** Milliseconds; 0 where nothing came back. */
  p50: number
  p99: number
}

/** What a point is made of. */
interface Counts {
  /** By latency. */
  timed: [number, number][]
  lost: number
  lostTimed: number
}

/** Requests and their latency over time. @param span all that there is in the timelines */
export function pointsOf({ latencies, failures }: Timelines, span: Stretch): Point[] {
  const finest = Math.max(latencies.width, failures.width)
  const buckets = Math.ceil((span.to - span.from) / finest)
  const step = finest * Math.max(Math.ceil(buckets / mostPoints), 1)
  const places = Math.max(Math.ceil((span.to - span.from) / step), 1)
  const points = Array.from({ length: places }, (): Counts => ({
    timed: [],
    lost: 0,
    lostTimed: 0,
  }))
  const at = (number: number, width: number) => {
    const place = Math.floor((number * width - span.from) / step)
    return points[Math.min(Math.max(place, 0), places - 1)]
  }
  for (const [label, lane] of latencies.lanes) {
    for (const { number, count } of lane)
      at(number, latencies.width)?.timed.push([latencyOf(label), count])
  }
  for (const [label, lane] of failures.lanes) {
    for (const { number, count } of lane) {
      const point = at(number, failures.width)
      if (!point) continue
      point.lost += count
      if (isTimed(label)) point.lostTimed += count
    }
  }
  return points.map(({ timed, lost, lostTimed }, place) => {
    const from = span.from + place * step
    // The last stretch may not be whole.
    const length = Math.max(Math.min(from + step, span.to) - from, 1)
    const all = timed.reduce((sum, [, count]) => sum + count, 0)
    return {
      time: Math.min(from + step / 2, span.to),
      answered: (Math.max(all - lostTimed, 0) * 1000) / length,
      lost: (lost * 1000) / length,
      p50: quantile(timed, 0.5),
      p99: quantile(timed, 0.99),
    }
  })
}
