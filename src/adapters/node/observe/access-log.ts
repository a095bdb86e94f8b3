import type { Socket } from 'node:net'
import type { Logger } from 'pino'
import { traceIdOf } from '../../../handler/chain/trace.ts'
import type { Connection } from '../../../handler/connection.ts'
import type { Identify } from '../../../handler/identity.ts'
import { routeOf } from '../../../handler/index.ts'
import { isHealthCheck } from '../../process/health-check.ts'
import type { EndedRequest } from '../connections.ts'

/** What may stand in a line as it came: no control character moves a terminal's cursor. */
const printable = /^[\x20-\x7e]{1,1024}$/

export interface AccessLog {
  /** Identifies responses as the one given does, and remembers how. */
  readonly identify: Identify
  /** Writes a line at level debug for a request that has ended. */
  readonly write: (ended: EndedRequest) => void
}

/** The access log. It needs the responses' ids, which Node does not keep with a response. */
export function createAccessLog(log: Logger, identify: Identify): AccessLog {
  const ids = new WeakMap<Connection, string>()
  const bytesSince = createByteCounter()
  return {
    identify(connection, requestId) {
      const identity = identify(connection, requestId)
      ids.set(connection, identity['x-request-id'])
      return identity
    },
    write({ request, status, connection, seconds, aborted }) {
      const bytes = bytesSince(request.socket)
      const route = routeOf(request.url ?? '')
      if (isHealthCheck(request.url ?? '')) return
      const { headers, method } = request
      const forwarded = headers.forwarded ?? headers['x-forwarded-for']?.toString() ?? ''
      const line = {
        method,
        route: route ?? 'unknown',
        status,
        bytes,
        duration: seconds,
        requestId: ids.get(connection),
        traceId: traceIdOf(headers['traceparent']?.toString() ?? ''),
        remoteAddress: connection.remoteAddress,
        forwarded: printable.test(forwarded) ? forwarded : undefined,
        aborted,
      }
      log.debug(line, 'request')
    },
  }
}

/** Counts the bytes sent on a connection since the last time that it was asked about it. */
function createByteCounter(): (socket: Socket) => number {
  const counted = new WeakMap<Socket, number>()
  return (socket) => {
    const { bytesWritten } = socket
    const bytes = bytesWritten - (counted.get(socket) ?? 0)
    counted.set(socket, bytesWritten)
    return bytes
  }
}
