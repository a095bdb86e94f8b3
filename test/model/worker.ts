// Scores the runs and the pairs of one core, for main.ts.
import { parentPort, workerData } from 'node:worker_threads'
import * as v from 'valibot'
import { comparePair, pairCase, type PairOutcome } from './pairs/score.ts'
import { type Score, score } from './score.ts'

/** What came of them. */
export interface Part {
  scores: Score[]
  compared: PairOutcome[]
}

const work = v.object({ seeds: v.array(v.number()), most: v.number(), cases: v.array(pairCase) })
const { seeds, most, cases } = v.parse(work, workerData)
const part: Part = {
  scores: seeds.map((seed) => score(seed, most)),
  compared: cases.map(comparePair),
}
parentPort?.postMessage(part)
