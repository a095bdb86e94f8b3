import type { Observation } from '../../src/measure/observation.ts'
import { createObserver, createTally, type Tally } from '../../src/measure/tally.ts'
import type { RunDescription } from '../../src/probe/report/report.ts'

/** 2026-11-23 12:00:00 UTC */
const begin = 1_795_435_200_000

/**
 * A run of 600 requests, one every 10 ms, which three replicas take in turn in 2 to 4 ms. What
 * `change` gives stands in for a request's own.
 */
export function exampleTally(
  vantage = 'test/1',
  change: (index: number) => Partial<Observation> = () => ({}),
): Tally {
  const tally = createTally(vantage)
  const observe = createObserver(tally)
  const names = ['web-0', 'web-1', 'web-2']
  for (let index = 0; index < 600; index += 1) {
    const due = begin + index * 10
    const replica = index % names.length
    observe({
      mode: 'reuse',
      index,
      due,
      sent: due,
      done: due + 2 + replica,
      connection: 1,
      outcome: 'answered',
      status: 200,
      replica: names[replica],
      boot: `b${replica}`,
      timestamp: (due + 1) / 1000,
      ...change(index),
    })
  }
  return tally
}

export const exampleRun: RunDescription = {
  vantage: 'test/1',
  url: 'http://balancer.example/',
  method: 'GET',
  connections: 'reuse',
  rate: 100,
  concurrency: 500,
  replicaBy: 'auto',
  success: '2xx',
  started: begin,
  ended: begin + 6000,
  interrupted: false,
  inFlight: { requests: 0, waited: 0 },
  errors: {},
  addresses: [],
}
