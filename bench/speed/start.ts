import type { Measurement } from './comparison.ts'
import { inTurn } from './in-turn.ts'
import { bare, type Program, servedBy } from './programs.ts'
import { withServer } from './server.ts'

/** A start takes so little time that each round is worth several; 30 starts in five rounds. */
const startsPerRound = 6

/** From the start of the process to its first 200. */
export const start: Measurement = async ({ rounds }) => {
  const { ours, peers } = await inTurn(
    servedBy,
    [{ program: bare, goal: { atMost: 1.25 } }],
    rounds * startsPerRound,
    startOne,
  )
  const seriesOf = (program: Program, results: readonly Result[]) => ({
    program: program.name,
    values: results.map(({ startTime }) => startTime),
    cpu: results.map(({ cpuTime }) => cpuTime),
  })
  return peers.map(({ program, results, ...peer }) => ({
    measure: 'Start to the first 200',
    unit: 'ms',
    ours: seriesOf(servedBy, ours),
    theirs: seriesOf(program, results),
    ...peer,
  }))
}

interface Result {
  /** Milliseconds. */
  readonly startTime: number
  /** Seconds. */
  readonly cpuTime: number
}

function startOne(program: Program): Promise<Result> {
  return withServer(program, ({ startTime, cpuTime }) => ({ startTime, cpuTime: cpuTime() }))
}
