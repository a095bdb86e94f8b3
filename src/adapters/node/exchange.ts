import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Connection } from '../../handler/connection.ts'

/** A request and what became of it, once it is over: for metrics and the access log. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly connection: Connection
  /** Seconds from the request's header to the end of the response. */
  readonly seconds: number
  /** Bytes sent on the connection meanwhile, the response's header included. */
  readonly bytes: number
  /** The client left, or the connection was cut, before the response was whole. */
  readonly aborted: boolean
}

/** Calls `onEnd` when the response has been handed to the operating system, or cannot be. */
export function observeExchange(
  request: IncomingMessage,
  response: ServerResponse,
  connection: Connection,
  onEnd: (exchange: Exchange) => void,
): void {
  const { socket } = request
  const start = performance.now()
  const sentBefore = socket.bytesWritten
  response.once('close', () => {
    onEnd({
      request,
      response,
      connection,
      seconds: (performance.now() - start) / 1000,
      bytes: socket.bytesWritten - sentBefore,
      aborted: !response.writableFinished,
    })
  })
}
