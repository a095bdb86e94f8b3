import { addToTimeline, createTimeline, type Timeline } from '../../measure/statistics/timeline.ts'

/** Milliseconds for which each answer has a mark of its own; older ones are counted together. */
export const single = 60_000

/** Lanes beyond these are left out: nobody could look at them. */
const mostLanes = 100

/** One answer or failure. */
export interface Mark {
  /** When it was complete (Unix ms). */
  time: number
  /** Milliseconds. */
  took: number
  kind: 'answer' | 'draining' | 'failure'
  /** The first one of a process life that came during the run. */
  begins: boolean
}

/** All marks, by lane: a replica, or `nobody` for failures that name none. */
export interface Marks {
  recent: Map<string, Mark[]>
  answers: Timeline
  failures: Timeline
}

/** The lane of what no replica answered; no replica's name is empty. */
export const nobody = ''

export function createMarks(): Marks {
  return { recent: new Map(), answers: createTimeline(), failures: createTimeline() }
}

/** Adds a mark, and forgets those that are older than a minute. */
export function addMark(marks: Marks, lane: string, mark: Mark): void {
  let recent = marks.recent.get(lane)
  if (!recent) {
    if (marks.recent.size >= mostLanes) return
    recent = []
    marks.recent.set(lane, recent)
  }
  recent.push(mark)
  addToTimeline(mark.kind === 'failure' ? marks.failures : marks.answers, lane, mark.time)
  for (const one of marks.recent.values()) forget(one, mark.time - single)
}

function forget(marks: Mark[], before: number): void {
  const kept = marks.findIndex(({ time }) => time >= before)
  if (kept !== 0) marks.splice(0, kept < 0 ? marks.length : kept)
}
