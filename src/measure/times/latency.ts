import * as v from 'valibot'
import { isTimed, type Observation } from '../observation.ts'
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
import { count, entriesOf, mapOf } from '../statistics/schemas.ts'

/** How long things took. */
export interface Latency {
  /**
   * From due to done: what a user waits, in an open loop. Over complete responses, and over time-outs,
   * which would have taken longer still.
   */
  latency: Histogram
  /** From sent to done, over complete responses. */
  service: Histogram
  /** How late the probe itself was, from when a request was due and allowed; failed ones included. */
  lateness: Histogram
  timeouts: number
  /** From sent to done, for each replica. */
  replicas: Map<string, Histogram>
}

export interface LatencySummary {
  /** From due to done, over complete responses and time-outs, which count as what they took at least. */
  latency: Percentiles
  /** From sent to done, over complete responses. */
  service: Percentiles
  /** How late the probe itself was, from when a request was due and allowed. */
  lateness: Percentiles
  /** Requests that timed out. */
  timeouts: number
  /** From sent to done. Sorted by name. */
  replicas: ({ replica: string } & Percentiles)[]
}

export function create(): Latency {
  return {
    latency: createHistogram(),
    service: createHistogram(),
    lateness: createHistogram(),
    timeouts: 0,
    replicas: new Map(),
  }
}

export function add(state: Latency, observation: Observation): void {
  const { due, free = due, sent, done, outcome, status, replica } = observation
  record(state.lateness, sent - Math.max(due, free))
  if (outcome === 'timeout') state.timeouts += 1
  if (isTimed(outcome)) record(state.latency, done - due)
  if (status !== undefined) record(state.service, done - sent)
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
    timeouts: a.timeouts + b.timeouts,
    replicas: mergeMaps(a.replicas, b.replicas, mergeHistograms),
  }
}

export const schema: Schema<Latency> = {
  write: ({ latency, service, lateness, timeouts, replicas }) => ({
    timeouts,
    latency: histogramSchema.write(latency),
    service: histogramSchema.write(service),
    lateness: histogramSchema.write(lateness),
    replicas: entriesOf(replicas, histogramSchema.write),
  }),
  read: v.object({
    timeouts: count,
    latency: histogramSchema.read,
    service: histogramSchema.read,
    lateness: histogramSchema.read,
    replicas: mapOf(histogramSchema.read),
  }),
}

export function judge({ latency, service, lateness, timeouts, replicas }: Latency): LatencySummary {
  return {
    latency: percentiles(latency),
    service: percentiles(service),
    lateness: percentiles(lateness),
    timeouts,
    replicas: [...replicas]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([replica, histogram]) => ({ replica, ...percentiles(histogram) })),
  }
}
