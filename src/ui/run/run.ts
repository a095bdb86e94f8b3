import { createObserver, createTally, type Tally } from '../../measure/tally.ts'
import { now } from '../asking/clock.ts'
import type { Observation } from '../../measure/observation.ts'
import { addMark, createMarks, type Marks, nobody } from './marks.ts'

/** Everything that is known since the page was opened or reset. Its size has a bound. */
export interface Run {
  /** Unix ms. */
  started: number
  /** Milliseconds since then in which nothing was asked. */
  idle: number
  tally: Tally
  /** Counts one request in the tally. */
  observe: (observation: Observation) => void
  marks: Marks
  places: Map<string, Place>
  /** Failures since the last success. */
  failing: { count: number; since: number }
}

/** Where and what a replica was at its last answer. */
export interface Place {
  boot?: string | undefined
  version?: string | undefined
  zone?: string | undefined
}

export function createRun(): Run {
  const tally = createTally('this browser')
  return {
    started: now(),
    idle: 0,
    tally,
    observe: createObserver(tally),
    marks: createMarks(),
    places: new Map(),
    failing: { count: 0, since: 0 },
  }
}

/** Counts one answer or failure. */
export function note(run: Run, observation: Observation): void {
  run.observe(observation)
  const { outcome, sent, done, replica, draining } = observation
  const failed = outcome !== 'answered'
  const known = replica === undefined ? undefined : run.places.get(replica)
  const late = replica !== undefined && done - run.started > 5000
  addMark(run.marks, replica ?? nobody, {
    time: done,
    took: done - sent,
    kind: failed ? 'failure' : draining ? 'draining' : 'answer',
    begins: known ? known.boot !== observation.boot : late,
  })
  // As many as are kept elsewhere: with a lane, or with numbers.
  const isKept =
    run.marks.recent.has(replica ?? nobody) || run.tally.latency.replicas.has(replica ?? nobody)
  if (replica !== undefined && isKept) {
    const { boot, version, zone } = observation
    run.places.set(replica, { boot, version, zone })
  }
  if (!failed) run.failing.count = 0
  else if (run.failing.count++ === 0) run.failing.since = sent
}

/** How many answers came after that time (Unix ms), of the last minute. */
export function answersSince({ marks }: Run, time: number): number {
  const lanes = [...marks.recent.values()].flat()
  return lanes.filter((mark) => mark.kind !== 'failure' && mark.time > time).length
}
