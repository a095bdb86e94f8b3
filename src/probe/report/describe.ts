import { amount, clockTime, duration } from '../../measure/sentences/words.ts'
import type { RunDescription } from './report.ts'

const roads = {
  reuse: 'kept connections',
  new: 'new connections',
  both: 'kept and new connections',
}

/** How it was asked, in one line. */
export function describe(run: RunDescription): string {
  const {
    url,
    otherUrls = [],
    method,
    connections,
    rate,
    concurrency,
    cookies,
    zone,
    started,
    ended,
  } = run
  const pace = rate === undefined ? `${concurrency} at a time` : `${rate} per second`
  const asked = otherUrls.length === 0 ? url : `${url} and ${amount(otherUrls.length, 'other URL')}`
  const clients = cookies === undefined ? '' : `, ${cookies} clients with cookies`
  const from = zone === undefined ? '' : `, in zone ${zone}`
  return `${method} ${asked}: ${pace}, ${roads[connections]}${clients}${from}, ${duration(ended - started)} from ${clockTime(started)}`
}
