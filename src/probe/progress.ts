import { Presets, SingleBar } from 'cli-progress'
import type { Tally } from '../measure/tally.ts'
import { now } from './clock.ts'
import type { Amount } from './load/load.ts'

const refresh = 100

/**
 * Shows on a terminal how far a run is.
 * @returns what ends the display
 */
export function showProgress(
  stream: NodeJS.WriteStream,
  { requests, duration }: Amount,
  tally: Tally,
): () => void {
  const begin = now()
  const bar = new SingleBar(
    {
      stream,
      format: '{bar} {percentage} %  {requests} requests, {failures} failed',
      barsize: 30,
      hideCursor: true,
      clearOnComplete: true,
      // The timer below draws; this one would draw a second time.
      noTTYOutput: false,
    },
    Presets.shades_classic,
  )
  const state = () => tally.failures
  bar.start(100, 0, { requests: 0, failures: 0 })
  const draw = () => {
    const { requests: done, failures } = state()
    const part = Math.max(done / requests, (now() - begin) / duration)
    bar.update(Math.min(100, Math.floor(part * 100)), { requests: done, failures })
  }
  const timer = setInterval(draw, refresh)
  return () => {
    clearInterval(timer)
    bar.stop()
  }
}
