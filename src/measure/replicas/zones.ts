import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { add as sum, increment, mergeMaps, sumOf } from '../statistics/maps.ts'
import { count, mapOf } from '../statistics/schemas.ts'

/** Where answers came from. */
export interface Zones {
  /** Answers from each zone. */
  zones: Map<string, number>
  /** Answers that name a replica, but not its zone. */
  unzoned: number
  /** Answers to a probe that knows its own zone, and those of them from that zone. */
  placed: number
  same: number
}

export interface ZonesVerdict {
  /** Of the answers that say their zone. Most answers first. */
  zones: { zone: string; answers: number; share: number }[]
  /** Answers that name a replica, and do not say their zone. */
  unzoned: number
  /**
   * Answers from the zone in which the request was sent, of all that name a replica (absent: no probe
   * knew its own zone, or no answer says one). Where either is not known they count as from elsewhere.
   */
  own?: { answers: number; share: number; unplaced: number } | undefined
}

/** More zones than anybody has; a name that always differs must not fill the memory. */
const maxZones = 100

export function create(): Zones {
  return { zones: new Map(), unzoned: 0, placed: 0, same: 0 }
}

export function add(state: Zones, { replica, zone, clientZone }: Observation): void {
  if (replica === undefined) return
  if (clientZone !== undefined) state.placed += 1
  if (zone === undefined || !(state.zones.has(zone) || state.zones.size < maxZones)) {
    state.unzoned += 1
    return
  }
  if (zone === clientZone) state.same += 1
  increment(state.zones, zone)
}

export function merge(a: Zones, b: Zones): Zones {
  return {
    zones: mergeMaps(a.zones, b.zones, sum),
    unzoned: a.unzoned + b.unzoned,
    placed: a.placed + b.placed,
    same: a.same + b.same,
  }
}

export const schema: Schema<Zones> = {
  write: ({ zones, ...counts }) => ({ zones: [...zones], ...counts }),
  read: v.object({ zones: mapOf(count), unzoned: count, placed: count, same: count }),
}

export function judge({ zones, unzoned, placed, same }: Zones): ZonesVerdict {
  const zoned = sumOf(zones)
  const all = zoned + unzoned
  return {
    zones: [...zones]
      .map(([zone, answers]) => ({ zone, answers, share: answers / zoned }))
      .sort((a, b) => b.answers - a.answers || a.zone.localeCompare(b.zone)),
    unzoned,
    own:
      placed === 0 || zoned === 0
        ? undefined
        : { answers: same, share: same / all, unplaced: all - placed },
  }
}
