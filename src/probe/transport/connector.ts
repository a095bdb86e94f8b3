import { connect, isIP } from 'node:net'
import { buildConnector } from 'undici'
import type { Addresses } from './addresses.ts'
import type { Target } from './target.ts'

/** Milliseconds after which the next address is tried, where there is one. */
const attemptTimeout = 1000

/** What `net.connect` says of an attempt that took too long. */
const noAnswer = new Error(`no connection within ${attemptTimeout} ms`)

/** Of several addresses that failed, what the last one said. */
function reasonOf(error: Error): Error {
  const last: unknown = error instanceof AggregateError ? error.errors.at(-1) : undefined
  return last instanceof Error ? last : error
}

/**
 * Makes undici's connector: it tries the addresses in their turn and notes how each did; TLS on top
 * is undici's own.
 * @param signal breaks off an attempt that is under way
 */
export function createConnector(
  { insecure, authorities }: Target,
  addresses: Addresses,
  signal: AbortSignal,
): buildConnector.connector {
  // No time-out here: Transport keeps the deadline of the whole exchange.
  const secure = buildConnector({
    allowH2: false,
    timeout: 0,
    rejectUnauthorized: !insecure,
    ...(authorities === undefined ? {} : { ca: authorities }),
  })
  return (where, callback) => {
    const isSecure = where.protocol === 'https:'
    const socket = connect({
      host: where.hostname,
      port: Number(where.port || (isSecure ? 443 : 80)),
      lookup: addresses.lookup,
      autoSelectFamily: isIP(where.hostname) === 0,
      autoSelectFamilyAttemptTimeout: attemptTimeout,
      noDelay: true,
      keepAlive: true,
    })
    // Only while it is under way: a signal given to net.connect keeps every socket in memory.
    const breakOff = () => socket.destroy(new Error('broken off'))
    signal.addEventListener('abort', breakOff)
    socket.once('close', () => {
      signal.removeEventListener('abort', breakOff)
    })
    socket.on('connectionAttemptFailed', (address, _port, _family, error) => {
      addresses.failed(address, error)
    })
    socket.on('connectionAttemptTimeout', (address) => {
      addresses.failed(address, noAnswer)
    })
    const fail = (error: Error) => {
      callback(reasonOf(error), null)
    }
    socket.once('error', fail)
    socket.once('connect', () => {
      socket.off('error', fail)
      signal.removeEventListener('abort', breakOff)
      addresses.connected(socket.remoteAddress ?? where.hostname)
      if (isSecure) secure({ ...where, httpSocket: socket }, callback)
      else callback(null, socket)
    })
  }
}
