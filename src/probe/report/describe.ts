import { duration } from '../../measure/sentences/words.ts'
import type { RunDescription } from './report.ts'

const roads = { reuse: 'kept connections', new: 'new connections', both: 'kept and new ones' }

/** How it was asked, in one line. */
export function describe(run: RunDescription): string {
  const { url, method, connections, rate, concurrency, started, ended } = run
  const pace = rate === undefined ? `${concurrency} at a time` : `${rate} per second`
  return `${method} ${url}: ${pace}, ${roads[connections]}, ${duration(ended - started)}`
}
