import { Presets, SingleBar } from 'cli-progress'
import { percentile } from '../measure/statistics/histogram.ts'
import { amount, duration, grouped, percent, rate } from '../measure/sentences/words.ts'
import type { Tally } from '../measure/tally.ts'
import { now } from './clock.ts'
import type { Amount } from './load/load.ts'
import { shorten } from './report/shorten.ts'

const refresh = 200
const barWidth = 8
const mostShares = 4
const shortName = 12

/** Who answered how much so far, with names and without: "web-0 33.3 %, web-1 66.7 %". */
function shares({ latency: { replicas } }: Tally): string[] {
  if (replicas.size === 0) return []
  if (replicas.size > mostShares) return [amount(replicas.size, 'replica')]
  const counts = [...replicas.values()].map(({ totalCount }) => totalCount)
  const all = counts.reduce((sum, count) => sum + count, 0)
  const parts = counts.map((count) => percent(count / all))
  const names = shorten([...replicas.keys()], shortName)
  const named = parts.map((part, index) => `${names[index]} ${part}`)
  return [named.join(', '), `shares ${parts.join(', ')}`]
}

/**
 * What is known so far, in a line.
 * @param elapsed milliseconds since the run began
 * @param room characters; what matters least is left out where there are fewer
 */
export function describeProgress(tally: Tally, elapsed: number, room = Infinity): string {
  const { requests, failures } = tally.failures
  const { latency } = tally.latency
  const done = amount(requests, 'request')
  if (requests === 0) return done
  const [p50, p99] = [50, 99].map((p) => duration(percentile(latency, p)))
  const core = [
    ...(failures > 0 ? [`${grouped(failures)} lost`] : []),
    `${rate((1000 * requests) / Math.max(elapsed, 1))}/s`,
    ...(latency.totalCount > 0 ? [`p50 ${p50}, p99 ${p99}`] : []),
  ]
  const spread = shares(tally)
  const lines = [
    ...spread.map((part) => [done, ...core, part]),
    ...spread.map((part) => [...core, part]),
    [done, ...core],
    core,
  ].map((parts) => parts.join(', '))
  return lines.find((line) => line.length <= room) ?? core.join(', ').slice(0, room)
}

/**
 * Shows on a terminal how far a run is, and what is known so far.
 * @returns what ends the display
 */
export function showProgress(
  stream: NodeJS.WriteStream,
  { requests, duration: time }: Amount,
  tally: Tally,
): () => void {
  const begin = now()
  const bar = new SingleBar(
    {
      stream,
      format: '{bar} {percentage} %  {told}',
      barsize: barWidth,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  )
  bar.start(100, 0, { told: '' })
  const draw = () => {
    const elapsed = now() - begin
    const part = Math.max(tally.failures.requests / requests, elapsed / time)
    // A line that is too long would be left behind with each redraw.
    const told = describeProgress(tally, elapsed, stream.columns - barWidth - ' 100 %  '.length)
    bar.update(Math.min(100, Math.floor(part * 100)), { told })
  }
  const timer = setInterval(draw, refresh)
  return () => {
    clearInterval(timer)
    bar.stop()
  }
}
