/**
 * The probe as a load generator, against autocannon, and against the part of undici that it is made of:
 * `node bench/probe.ts`. Ratios and not figures, because machines differ; in turns and by medians, because
 * a machine differs from itself.
 */
import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import Table from 'cli-table3'
import * as v from 'valibot'

const rounds = 5
/** As autocannon by default: engines still compile what is measured in the first seconds. */
const seconds = 10
const concurrency = 50
const rate = 5000
/**
 * Whether memory grows shows in runs of so many requests. The heap has not reached its size after the
 * few, hence the margin: 100 bytes a request that are kept would double the figure.
 */
const [few, many] = [100_000, 1_000_000]

const run = promisify(execFile)
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const probe = path('../dist/probe.mjs')
const autocannon = path('node_modules/autocannon/autocannon.js')
const dispatch = path('dispatch.ts')

/** That of autocannon, and of the loop over undici's `dispatch`. */
const peerReport = v.object({
  requests: v.object({ total: v.number() }),
  duration: v.number(),
  errors: v.literal(0),
})
const percentiles = v.object({ p99: v.number() })
const probeReport = v.object({
  runs: v.tuple([v.object({ started: v.number(), ended: v.number() })]),
  verdicts: v.object({
    failures: v.object({ requests: v.number(), failures: v.literal(0) }),
    latency: v.object({ lateness: percentiles }),
  }),
})

async function runProbe(url: string, ...args: string[]) {
  const time = ['--duration', `${seconds}s`]
  const { stdout } = await run(process.execPath, [
    probe,
    url,
    ...time,
    ...args,
    '-q',
    '--json',
    '-',
  ])
  const { runs, verdicts } = v.parse(probeReport, JSON.parse(stdout))
  const [{ started, ended }] = runs
  return {
    rate: (verdicts.failures.requests * 1000) / (ended - started),
    lateness: verdicts.latency.lateness.p99,
  }
}

/** Makes a program say at its end how much memory it had at most, in kB. */
const tellPeak = `data:text/javascript,process.on('exit', () => console.error(process.resourceUsage().maxRSS))`

async function peakMemory(url: string, requests: number) {
  const args = ['--requests', `${requests}`, '--concurrency', `${concurrency}`, '-q', '--json', '-']
  const { stderr } = await run(process.execPath, ['--import', tellPeak, probe, url, ...args])
  return Number(stderr)
}

async function runPeer(...args: string[]) {
  const { stdout } = await run(process.execPath, args)
  const { requests, duration } = v.parse(peerReport, JSON.parse(stdout))
  return requests.total / duration
}

const runAutocannon = (url: string) =>
  runPeer(autocannon, '-c', `${concurrency}`, '-d', `${seconds}`, '--json', '--no-progress', url)
const runDispatch = (url: string) => runPeer(dispatch, url, `${concurrency}`, `${seconds}`)

/** The middle of the figures, and the least and the most of them. */
function summarize(figures: number[], digits: number): string[] {
  const sorted = figures.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)] ?? NaN
  return [middle, sorted[0] ?? NaN, sorted.at(-1) ?? NaN].map((figure) => figure.toFixed(digits))
}

const target = fork(path('target.ts'))
const [url] = v.parse(v.tuple([v.string(), v.unknown()]), await once(target, 'message'))

interface Round {
  probe: number
  autocannon: number
  dispatch: number
  rate: number
  lateness: number
}

const measured: Round[] = []
let growth: number
try {
  for (let round = 0; round < rounds; round += 1) {
    const closed = await runProbe(url, '--concurrency', `${concurrency}`)
    const peer = await runAutocannon(url)
    const bare = await runDispatch(url)
    const open = await runProbe(url, '--rate', `${rate}`)
    measured.push({
      probe: closed.rate,
      autocannon: peer,
      dispatch: bare,
      rate: open.rate,
      lateness: open.lateness,
    })
  }
  growth = (await peakMemory(url, many)) / (await peakMemory(url, few))
} finally {
  target.kill()
}

const table = new Table({
  head: ['', 'median', 'least', 'most', 'wanted'],
  colAligns: ['left', 'right', 'right', 'right', 'right'],
  style: { head: [], border: [] },
})
const row = (name: string, figure: (round: Round) => number, digits: number, wanted: string) => [
  name,
  ...summarize(measured.map(figure), digits),
  wanted,
]
table.push(
  row('throughput, probe / autocannon', (round) => round.probe / round.autocannon, 2, '≥ 0.8'),
  row('throughput, undici / autocannon', (round) => round.dispatch / round.autocannon, 2, ''),
  row('throughput, probe / undici', (round) => round.probe / round.dispatch, 2, ''),
  row(`rate, sent / ${rate} per second`, (round) => round.rate / rate, 4, '0.99 to 1.01'),
  row('due-time error, p99 in ms', (round) => round.lateness, 3, '< 1'),
  [`most memory, ${many} / ${few} requests`, growth.toFixed(2), '', '', '≤ 1.5'],
)
process.stdout.write(`${table.toString()}\n`)
