// Scores the runs of one core, for main.ts.
import { parentPort, workerData } from 'node:worker_threads'
import * as v from 'valibot'
import { score } from './score.ts'

const part = v.object({ seeds: v.array(v.number()), most: v.number() })
const { seeds, most } = v.parse(part, workerData)
parentPort?.postMessage(seeds.map((seed) => score(seed, most)))
