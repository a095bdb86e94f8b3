import { Presets, SingleBar } from 'cli-progress'
import { percentile } from '../measure/statistics/histogram.ts'
import { amount, duration, percent, rate } from '../measure/sentences/words.ts'
import type { Tally } from '../measure/tally.ts'
import { now } from './clock.ts'
import type { Amount } from './load/load.ts'
import { shorten } from './report/shorten.ts'

const refresh = 200
const barWidth = 12
const mostShares = 4
const shortName = 12

/** Who answered how much so far: "web-0 33.3 %, web-1 66.7 %". */
function shares({ latency: { replicas } }: Tally): string {
  if (replicas.size === 0) return ''
  if (replicas.size > mostShares) return amount(replicas.size, 'replica')
  const all = [...replicas.values()].reduce((sum, { totalCount }) => sum + totalCount, 0)
  const names = shorten([...replicas.keys()], shortName)
  return [...replicas.values()]
    .map(({ totalCount }, index) => `${names[index]} ${percent(totalCount / all)}`)
    .join(', ')
}

/**
 * What is known so far, in a line.
 * @param elapsed milliseconds since the run began
 */
export function describeProgress(tally: Tally, elapsed: number): string {
  const { requests, failures } = tally.failures
  const { latency } = tally.latency
  return [
    amount(requests, 'request'),
    ...(failures > 0 ? [`${failures} lost`] : []),
    `${rate((1000 * requests) / Math.max(elapsed, 1))}/s`,
    `p50 ${duration(percentile(latency, 50))}, p99 ${duration(percentile(latency, 99))}`,
    shares(tally),
  ]
    .filter((part) => part !== '')
    .join(', ')
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
    const told = describeProgress(tally, elapsed).slice(0, stream.columns - barWidth - 8)
    bar.update(Math.min(100, Math.floor(part * 100)), { told })
  }
  const timer = setInterval(draw, refresh)
  return () => {
    clearInterval(timer)
    bar.stop()
  }
}
