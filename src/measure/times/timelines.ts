import * as v from 'valibot'
import { isTimed, type Observation } from '../observation.ts'
import { maxVersions } from '../replicas/versions.ts'
import type { Schema } from '../statistic.ts'
import {
  addToTimeline,
  createTimeline,
  mergeTimelines,
  timelineSchema,
} from '../statistics/timeline.ts'
import type { Timeline } from '../statistics/timeline.ts'

/** What came back over time: by replica, by kind of failure and by version. */
export interface Timelines {
  replicas: Timeline
  failures: Timeline
  versions: Timeline
  /** What had an answer, and time-outs, by {@link latencyStep}: for percentiles over time. */
  latencies: Timeline
}

/** A latency is told to 12 % here. */
const stepsPerDecade = 20
const shortest = 0.001

/** The step in which a latency is counted. @param milliseconds 0 or more */
export function latencyStep(milliseconds: number): string {
  return `${Math.round(stepsPerDecade * Math.log10(Math.max(milliseconds, shortest)))}`
}

/** The latency in the middle of a step, in milliseconds. */
export function latencyOf(step: string): number {
  return 10 ** (Number(step) / stepsPerDecade)
}

export function create(): Timelines {
  return {
    replicas: createTimeline(),
    failures: createTimeline(),
    versions: createTimeline(),
    latencies: createTimeline(),
  }
}

export function add(
  { replicas, failures, versions, latencies }: Timelines,
  { outcome, replica, version, due, done }: Observation,
): void {
  if (outcome !== 'answered') addToTimeline(failures, outcome, done)
  if (isTimed(outcome)) {
    addToTimeline(latencies, latencyStep(done - due), done)
  }
  if (replica === undefined) return
  addToTimeline(replicas, replica, done)
  if (version === undefined) return
  if (versions.lanes.has(version) || versions.lanes.size < maxVersions) {
    addToTimeline(versions, version, done)
  }
}

export function merge(a: Timelines, b: Timelines): Timelines {
  return {
    replicas: mergeTimelines(a.replicas, b.replicas),
    failures: mergeTimelines(a.failures, b.failures),
    versions: mergeTimelines(a.versions, b.versions),
    latencies: mergeTimelines(a.latencies, b.latencies),
  }
}

export const schema: Schema<Timelines> = {
  write: ({ replicas, failures, versions, latencies }) => ({
    replicas: timelineSchema.write(replicas),
    failures: timelineSchema.write(failures),
    versions: timelineSchema.write(versions),
    latencies: timelineSchema.write(latencies),
  }),
  read: v.object({
    replicas: timelineSchema.read,
    failures: timelineSchema.read,
    versions: timelineSchema.read,
    latencies: timelineSchema.read,
  }),
}

/** For charts, as they are. */
export function judge(timelines: Timelines): Timelines {
  return timelines
}
