import type { Logger } from 'pino'
import { routeOf } from '../../handler/index.ts'
import type { Exchange } from './connections.ts'

/** Asked every few seconds by every orchestrator; their lines would bury the others. */
const probes = new Set(['/livez', '/readyz'])

/** The trace id in a `traceparent` field, by W3C Trace Context §3.2. */
const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

/** What may stand in a line as it came: no control character moves a terminal's cursor. */
const printable = /^[\x20-\x7e]{1,1024}$/

/** Writes a line at level debug for each request that ended. */
export function createAccessLog(log: Logger): (exchange: Exchange) => void {
  return ({ request, response, connection, seconds, bytes, aborted }) => {
    const route = routeOf(`http://host${request.url ?? ''}`)
    if (route !== undefined && probes.has(route)) return
    const { headers, method } = request
    const forwarded = headers.forwarded ?? headers['x-forwarded-for']?.toString() ?? ''
    const line = {
      method,
      route: route ?? 'unknown',
      status: response.statusCode,
      bytes,
      duration: seconds,
      requestId: response.getHeader('x-request-id'),
      traceId: traceparent.exec(headers['traceparent']?.toString() ?? '')?.[1],
      remoteAddress: connection.remoteAddress,
      forwarded: printable.test(forwarded) ? forwarded : undefined,
      aborted,
    }
    log.debug(line, 'request')
  }
}
