import { describe, readBounded } from '../bounded.ts'
import { eventStream } from '../events/event-stream.ts'
import { problem } from '../problem.ts'
import type { Route } from '../router.ts'
import type { Settings } from '../settings.ts'

/** Seconds between two ticks. */
const interval = { least: 0.1, most: 60 }
const defaultInterval = '1'

/**
 * Server-sent events: the answer of `/` again and again, and a `draining` event when this replica is
 * about to leave. While it drains a new stream gets that event, too: an error would stop an
 * `EventSource` for good.
 */
export function events({ departure, buffered }: Settings): Route {
  return (replica, { request }) => {
    if (buffered) return problem(501, 'This runtime cannot stream: ask / again and again.')
    const asked = new URL(request.url).searchParams.get('interval') ?? defaultInterval
    const seconds = readBounded(asked, interval)
    if (seconds === undefined)
      return problem(400, `The interval must be ${describe(interval)} (seconds).`)
    return {
      status: 200,
      type: 'text/event-stream',
      body: eventStream(replica, departure, seconds),
      // Otherwise nginx, ingress-nginx included, would collect the ticks (its proxy_buffering).
      fields: { 'x-accel-buffering': 'no' },
    }
  }
}
