import { parseArgs } from 'node:util'
import { gotWorse, judgeScores, renderScores } from './report.ts'
import { score } from './score.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    most: { type: 'string', default: '100000' },
    verbose: { type: 'boolean', default: false },
  },
})
const [runs, seed, most] = [values.runs, values.seed, values.most].map(Number)

const scores = Array.from({ length: runs ?? 0 }, (_, run) =>
  score((seed ?? 1) * 1_000_003 + run, most ?? 0),
)
const lines = scores
  .filter(({ wrong, falseAlarms }) => values.verbose && wrong.length + falseAlarms.length > 0)
  .map(({ wrong, falseAlarms, scenario }) => {
    return `${[...wrong, ...falseAlarms].join(', ')}: ${JSON.stringify({ ...scenario, weights: scenario.weights[0] })}`
  })
process.stdout.write([...lines, renderScores(scores), ''].join('\n'))
const missed = judgeScores(scores)
for (const goal of missed) process.stdout.write(`missed: ${goal}\n`)
process.exitCode = gotWorse(scores) ? 1 : 0
