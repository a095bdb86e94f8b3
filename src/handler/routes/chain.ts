import { json } from '../answer.ts'
import { askUpstream } from '../chain/ask-upstream.ts'
import { hopsField, hopsOf, mostHops } from '../chain/hops.ts'
import { traceFields } from '../chain/trace.ts'
import type { Route } from '../router.ts'
import type { Settings } from '../settings.ts'

/** Each hop leaves the one before it this much of its time, so that it is the late one that is named. */
const shareOfTime = 0.8

/**
 * Who answers, and what all upstreams say, asked in parallel. A service that they lead to and that
 * has upstreams of its own makes a chain of it. Always 200: what went wrong stands where it did.
 */
export function chain({ upstreams, upstreamTimeout, fetch }: Settings): Route {
  return async (replica, { request }) => {
    const hops = hopsOf(request)
    const said = { timestamp: replica.now(), hostname: replica.hostname, hops }
    if (hops >= mostHops && upstreams.length > 0)
      return json({
        ...said,
        upstreams: [],
        error: `the chain ends after ${mostHops} hops: a loop?`,
      })
    const headers = {
      ...traceFields(request),
      accept: 'application/json',
      [hopsField]: `${hops + 1}`,
    }
    const seconds = Math.round(upstreamTimeout * shareOfTime ** hops * 1000) / 1000
    const results = upstreams.map((url) =>
      askUpstream(fetch, url, headers, seconds, request.signal),
    )
    return json({ ...said, upstreams: await Promise.all(results) })
  }
}
