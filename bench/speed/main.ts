import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import type { Comparison, Measurement } from './comparison.ts'
import { events, idle, memory } from './memory.ts'
import { report } from './report.ts'
import { size } from './size.ts'
import { start } from './start.ts'
import {
  accessLog,
  alternatives,
  connections,
  echo,
  form,
  proxy,
  throughput,
  version,
} from './throughput.ts'

/** By the names that `--only` takes. */
const measurements: Readonly<Record<string, Measurement>> = {
  throughput,
  alternatives,
  log: accessLog,
  connections,
  version,
  echo,
  form,
  proxy,
  start,
  memory,
  idle,
  events,
  size,
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(measurements).join() },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    json: { type: 'string' },
  },
})
const settings = { rounds: Number(values.rounds), seconds: Number(values.seconds) }

const comparisons: Comparison[] = []
for (const name of values.only.split(',')) {
  const measure = measurements[name]
  if (!measure)
    throw new Error(`no measurement ${name}; there are ${Object.keys(measurements).join(', ')}`)
  process.stderr.write(`${name}\n`)
  comparisons.push(...(await measure(settings)))
}

const made = { date: new Date().toISOString(), node: process.version, cpu: cpus()[0]?.model }
if (values.json !== undefined) {
  writeFileSync(values.json, JSON.stringify({ ...made, ...settings, comparisons }, null, 2))
}
process.stdout.write(`${report(comparisons)}\n`)
