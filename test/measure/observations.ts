import type { Observation } from '../../src/measure/observation.ts'
import { createObserver, createTally } from '../../src/measure/tally.ts'
import type { Tally } from '../../src/measure/tally.ts'
import { start } from './simulation.ts'

/** A request that was answered at once by `web-0`, with whatever differs. */
export function answered(different: Partial<Observation> = {}): Observation {
  return {
    mode: 'reuse',
    index: 0,
    due: start,
    sent: start,
    done: start + 10,
    connection: 1,
    outcome: 'answered',
    status: 200,
    replica: 'web-0',
    ...different,
  }
}

export function tallyOf(observations: Iterable<Observation>, vantage = 'probe-1'): Tally {
  const tally = createTally(vantage)
  const observe = createObserver(tally)
  for (const observation of observations) observe(observation)
  return tally
}
