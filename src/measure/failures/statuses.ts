import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { add as sum, increment, mergeMaps } from '../statistics/maps.ts'
import { count, mapOf } from '../statistics/schemas.ts'

/** What came back, by status, and where redirects point to. */
export interface Statuses {
  statuses: Map<string, number>
  /** Requests without a complete response. */
  none: number
  locations: Map<string, number>
}

export interface StatusVerdict {
  /** Most frequent first. */
  statuses: { status: number; count: number }[]
  none: number
  /** Where redirects point to, most frequent first. */
  locations: { location: string; count: number }[]
}

/** A redirect that carries the time or a token points elsewhere each time. */
const mostLocations = 20

export function create(): Statuses {
  return { statuses: new Map(), none: 0, locations: new Map() }
}

export function add(state: Statuses, { status, outcome, location }: Observation): void {
  if (status === undefined) state.none += 1
  else increment(state.statuses, `${status}`)
  if (outcome !== 'redirect' || location === undefined) return
  if (state.locations.has(location) || state.locations.size < mostLocations) {
    increment(state.locations, location)
  }
}

export function merge(a: Statuses, b: Statuses): Statuses {
  return {
    statuses: mergeMaps(a.statuses, b.statuses, sum),
    none: a.none + b.none,
    locations: mergeMaps(a.locations, b.locations, sum),
  }
}

export const schema: Schema<Statuses> = {
  write: ({ statuses, none, locations }) => ({
    statuses: [...statuses],
    none,
    locations: [...locations],
  }),
  read: v.object({ statuses: mapOf(count), none: count, locations: mapOf(count) }),
}

export function judge({ statuses, none, locations }: Statuses): StatusVerdict {
  return {
    statuses: [...statuses]
      .map(([status, times]) => ({ status: Number(status), count: times }))
      .sort((a, b) => b.count - a.count || a.status - b.status),
    none,
    locations: [...locations]
      .map(([location, times]) => ({ location, count: times }))
      .sort((a, b) => b.count - a.count),
  }
}
