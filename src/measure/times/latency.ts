import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import {
  createHistogram,
  histogramSchema,
  mergeHistograms,
  percentiles,
  record,
} from '../statistics/histogram.ts'
import type { Histogram, Percentiles } from '../statistics/histogram.ts'
import { mergeMaps } from '../statistics/maps.ts'
import { entriesOf, mapOf } from '../statistics/schemas.ts'

/** How long things took. Complete responses only. */
export interface Latency {
  /** From due to done: what a user waits, in an open loop. */
  latency: Histogram
  /** From sent to done. */
  service: Histogram
  /** From due to sent: how late the probe itself was, failed requests included. */
  lateness: Histogram
  /** From sent to done, for each replica. */
  replicas: Map<string, Histogram>
}

export interface LatencySummary {
  /** From due to done, over complete responses. */
  latency: Percentiles
  /** From sent to done, over complete responses. */
  service: Percentiles
  /** From due to sent: how late the probe itself was. */
  lateness: Percentiles
  /** From sent to done. Sorted by name. */
  replicas: ({ replica: string } & Percentiles)[]
}

export function create(): Latency {
  return {
    latency: createHistogram(),
    service: createHistogram(),
    lateness: createHistogram(),
    replicas: new Map(),
  }
}

export function add(state: Latency, { due, sent, done, status, replica }: Observation): void {
  record(state.lateness, sent - due)
  if (status !== undefined) {
    record(state.latency, done - due)
    record(state.service, done - sent)
  }
  if (replica !== undefined) record(histogramOf(state, replica), done - sent)
}

function histogramOf({ replicas }: Latency, replica: string): Histogram {
  let histogram = replicas.get(replica)
  if (!histogram) {
    histogram = createHistogram()
    replicas.set(replica, histogram)
  }
  return histogram
}

export function merge(a: Latency, b: Latency): Latency {
  return {
    latency: mergeHistograms(a.latency, b.latency),
    service: mergeHistograms(a.service, b.service),
    lateness: mergeHistograms(a.lateness, b.lateness),
    replicas: mergeMaps(a.replicas, b.replicas, mergeHistograms),
  }
}

export const schema: Schema<Latency> = {
  write: ({ latency, service, lateness, replicas }) => ({
    latency: histogramSchema.write(latency),
    service: histogramSchema.write(service),
    lateness: histogramSchema.write(lateness),
    replicas: entriesOf(replicas, histogramSchema.write),
  }),
  read: v.object({
    latency: histogramSchema.read,
    service: histogramSchema.read,
    lateness: histogramSchema.read,
    replicas: mapOf(histogramSchema.read),
  }),
}

export function judge({ latency, service, lateness, replicas }: Latency): LatencySummary {
  return {
    latency: percentiles(latency),
    service: percentiles(service),
    lateness: percentiles(lateness),
    replicas: [...replicas]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([replica, histogram]) => ({ replica, ...percentiles(histogram) })),
  }
}
