import * as v from 'valibot'
import type { Observation } from '../observation.ts'
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
}

/** More versions than any rollout has; a header that always differs must not fill the memory. */
const maxVersions = 100

export function create(): Timelines {
  return { replicas: createTimeline(), failures: createTimeline(), versions: createTimeline() }
}

export function add(
  { replicas, failures, versions }: Timelines,
  { outcome, replica, version, done }: Observation,
): void {
  if (outcome !== 'answered') addToTimeline(failures, outcome, done)
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
  }
}

export const schema: Schema<Timelines> = {
  write: ({ replicas, failures, versions }) => ({
    replicas: timelineSchema.write(replicas),
    failures: timelineSchema.write(failures),
    versions: timelineSchema.write(versions),
  }),
  read: v.object({
    replicas: timelineSchema.read,
    failures: timelineSchema.read,
    versions: timelineSchema.read,
  }),
}

/** For charts, as they are. */
export function judge(timelines: Timelines): Timelines {
  return timelines
}
