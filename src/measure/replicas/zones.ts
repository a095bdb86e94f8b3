import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { add as sum, increment, mergeMaps, sumOf } from '../statistics/maps.ts'
import { count, mapOf } from '../statistics/schemas.ts'

/** Answers from each zone. */
export type Zones = Map<string, number>

export interface ZonesVerdict {
  /** Of the answers that say their zone. Most answers first. */
  zones: { zone: string; answers: number; share: number }[]
}

/** More zones than anybody has; a name that always differs must not fill the memory. */
const maxZones = 100

export function create(): Zones {
  return new Map()
}

export function add(zones: Zones, { replica, zone }: Observation): void {
  if (replica === undefined || zone === undefined) return
  if (zones.has(zone) || zones.size < maxZones) increment(zones, zone)
}

export function merge(a: Zones, b: Zones): Zones {
  return mergeMaps(a, b, sum)
}

export const schema: Schema<Zones> = { write: (zones) => [...zones], read: mapOf(count) }

export function judge(zones: Zones): ZonesVerdict {
  const total = sumOf(zones)
  return {
    zones: [...zones]
      .map(([zone, answers]) => ({ zone, answers, share: answers / total }))
      .sort((a, b) => b.answers - a.answers || a.zone.localeCompare(b.zone)),
  }
}
