import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { listPairs, pairsGotWorse, renderPairs, scorePairs } from './pairs/score.ts'
import { gotWorse, judgeScores, renderScores } from './report.ts'
import type { Part } from './worker.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    pairs: { type: 'string', default: '1000' },
    most: { type: 'string', default: '100000' },
    verbose: { type: 'boolean', default: false },
  },
})
const [runs, seed, most, pairs] = [values.runs, values.seed, values.most, values.pairs].map(Number)

const seeds = Array.from({ length: runs ?? 0 }, (_, run) => (seed ?? 1) * 1_000_003 + run)
const cases = listPairs(pairs ?? 0, seed ?? 1)
const cores = availableParallelism()
const parts = await Promise.all(Array.from({ length: cores }, (_, core) => scoreOnOneCore(core)))
const scores = parts
  .flatMap((part) => part.scores)
  .sort((a, b) => a.scenario.seed - b.scenario.seed)
const compared = scorePairs(parts.flatMap((part) => part.compared))
const lines = scores
  .filter(({ wrong, falseAlarms }) => values.verbose && wrong.length + falseAlarms.length > 0)
  .map(({ wrong, falseAlarms, scenario }) => {
    return `${[...wrong, ...falseAlarms].join(', ')}: ${JSON.stringify({ ...scenario, weights: scenario.weights[0] })}`
  })
process.stdout.write([...lines, renderScores(scores), ''].join('\n'))
const missed = judgeScores(scores)
for (const goal of missed) process.stdout.write(`missed: ${goal}\n`)
process.stdout.write(`\nprobe compare:\n${renderPairs(compared)}\n`)
process.exitCode = gotWorse(scores) || pairsGotWorse(compared) ? 1 : 0

function scoreOnOneCore(core: number): Promise<Part> {
  const own = (_: unknown, index: number) => index % cores === core
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { seeds: seeds.filter(own), most, cases: cases.filter(own) },
  })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject)
  })
}
