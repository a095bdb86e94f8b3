import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { IdentifyAny } from '../../server/contract.ts'
import type { Limits } from '../../server/limits.ts'
import type { ConnectionTracker } from '../connections.ts'
import { endSocketLingering } from './linger.ts'
import { refusal, type Refusal, refuse } from './refuse.ts'

/** What comes with `clientError`. */
export interface ClientError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer
}

/** Whether the error is that the client has ended, or reset, its side of the connection. */
export function hasLeft({ code = '' }: ClientError): boolean {
  return code === 'HPE_INVALID_EOF_STATE' || !/^(HPE|ERR)_/.test(code)
}

/** What an error of Node's parser means for the client. */
export function refusalOf(
  { code, rawPacket }: ClientError,
  { targetBytes }: Pick<Limits, 'targetBytes'>,
): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413
  if (code !== 'HPE_HEADER_OVERFLOW') return 400
  // The parser does not say what was too long; only a first packet shows the request line.
  const [line = ''] = rawPacket?.toString('latin1').split('\n', 1) ?? []
  return /^[A-Z]+ /.test(line) && line.length > targetBytes ? 414 : 431
}

/**
 * Makes what refuses bytes that Node cannot parse as a request, or not to its end. A connection
 * that was refused something ends, after the answers to the requests before. A client that has left
 * in the middle of a body is told nothing.
 */
export function createRefuser(
  connections: Pick<ConnectionTracker, 'identify' | 'inFlightOn' | 'latestOn'>,
  identify: IdentifyAny,
): (socket: Duplex, status: Refusal, hasLeft?: boolean) => void {
  const refused = new WeakSet<Duplex>()

  const refuseOnSocket = (socket: Duplex, status: Refusal) => {
    // The last answer may have closed the connection.
    if (!socket.writable) return
    const { headers, body } = refusal(status, identify(connections.identify(socket)))
    const fields = Object.entries(headers).map((field) => field.join(': '))
    const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...fields].join('\r\n')
    endSocketLingering(socket, `${head}\r\n\r\n${body}`)
  }

  return (socket, status, hasLeft = false) => {
    // The parser fails again at each further packet.
    if (refused.has(socket)) return
    refused.add(socket)
    const inFlight = connections.inFlightOn(socket)
    const last = inFlight.at(-1)
    const latest = connections.latestOn(socket)
    if (latest?.complete === false) {
      // It is the body of this request. A second answer would be taken for that to another one.
      const isNext = inFlight.length === 1 && last?.req === latest
      if (isNext && !last.headersSent && !hasLeft) refuse(last, status, identify({}))
      else socket.destroy()
    } else if (last) {
      last.once('finish', () => {
        refuseOnSocket(socket, status)
      })
    } else {
      refuseOnSocket(socket, status)
    }
  }
}
