import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Connection } from '../../handler/connection.ts'
import type { LateRequests } from '../server/late-requests.ts'
import { createOpenConnections, type OpenConnection } from './open-connections.ts'

/** A request that is over and what became of it: for metrics and the access log. */
export interface EndedRequest {
  readonly request: IncomingMessage
  readonly connection: Connection
  /** That of the response; 499 if the client left before there was one. */
  readonly status: number
  /** Seconds from the request's header to the end of the response. */
  readonly seconds: number
  /** The client left, or the connection was cut, before the response was whole. */
  readonly aborted: boolean
}

/** The open connections of a server and what is in flight on them. */
export interface ConnectionTracker {
  /** Call for each new socket. */
  open(socket: Socket): void
  /** Call for each request; gives what the handler may know about its connection. */
  begin(response: ServerResponse): Connection
  /** The same for what could not be parsed as a request. */
  identify(socket: Duplex): Connection
  /** The responses in flight on the socket, in their order. */
  inFlightOn(socket: Duplex): ServerResponse[]
  /** The request that was read last on the socket, whole or not. */
  latestOn(socket: Duplex): IncomingMessage | undefined
  /** How many connections are open, and how many responses in flight. */
  readonly count: () => { readonly open: number; readonly inFlight: number }
  /** From now on every connection ends with the response in flight, or with its next one. */
  closeAfterResponse(): void
  readonly isClosing: () => boolean
  /** Ends the connections without a response in flight that had one before. */
  closeIdle(): void
  /** Ends those that never had one, whether they sent a part of a request or nothing. */
  closeUnused(): void
  /** Ends those on which nothing has come or gone for so many milliseconds after a response. */
  closeIdleFor(milliseconds: number): void
  /** Cuts all that is left and says how many connections had a response in flight. */
  cut(): number
}

/**
 * Keeps count of connections and requests, for `Served-By`, for the drain and for metrics.
 * @param onRequestEnd told of each request when its response has ended
 */
export function trackConnections(
  late: LateRequests,
  onRequestEnd?: (ended: EndedRequest) => void,
): ConnectionTracker {
  const connections = createOpenConnections()
  let closing = false

  const responses = () => connections.all.flatMap(inFlight)
  const inFlightOn = (socket: Duplex) => {
    const open = connections.get(socket)
    return open ? inFlight(open) : []
  }

  const endUnlessBusy = (finished: ServerResponse) => {
    const { socket } = finished.req
    const further = inFlightOn(socket).filter((response) => response !== finished)
    if (further.length === 0) socket.end()
  }

  const identify = (open: OpenConnection | undefined, message?: IncomingMessage): Connection => {
    if (!open) return {}
    open.requests += 1
    const { ordinal, requests: request, remoteAddress } = open
    return {
      ordinal,
      request,
      remoteAddress,
      target: message?.url,
      fieldLines: message?.rawHeaders,
    }
  }

  const end = (
    response: ServerResponse,
    open: OpenConnection | undefined,
    connection: Connection,
    start: number,
  ) => {
    const { req: request } = response
    if (open) {
      if (open.next === response) open.next = open.further.shift()
      else open.further.splice(open.further.indexOf(response), 1)
      // An idle connection need not keep its last request in memory.
      if (open.latest === request && request.complete) open.latest = undefined
    }
    onRequestEnd?.({
      request,
      connection,
      status: response.headersSent ? response.statusCode : 499,
      seconds: (performance.now() - start) / 1000,
      aborted: !response.writableFinished,
    })
  }

  return {
    identify: (socket) => identify(connections.get(socket)),
    open: connections.add,
    begin(response) {
      const { req: request } = response
      const start = performance.now()
      late.note(request.url ?? '')
      const open = connections.get(request.socket)
      if (open) {
        open.latest = request
        if (open.next) open.further.push(response)
        else open.next = response
      }
      const connection = identify(open, request)
      response.on('close', () => {
        end(response, open, connection, start)
      })
      return connection
    },
    inFlightOn,
    latestOn: (socket) => connections.get(socket)?.latest,
    count: () => ({ open: connections.all.length, inFlight: responses().length }),
    isClosing: () => closing,
    closeAfterResponse() {
      closing = true
      for (const response of responses()) {
        // Its head has promised to take a further request; without one the connection is idle.
        if (response.headersSent)
          response.once('finish', () => {
            endUnlessBusy(response)
          })
      }
    },
    closeIdle() {
      for (const { socket, next, requests } of connections.all)
        if (!next && requests > 0) socket.destroy()
    },
    closeUnused() {
      for (const { socket, requests } of connections.all) if (requests === 0) socket.destroy()
    },
    closeIdleFor(milliseconds) {
      const now = performance.now()
      for (const open of connections.all) {
        // Before its first request it has the time-outs of a request.
        if (open.requests === 0) continue
        const { bytesRead } = open.socket
        if (open.next || bytesRead !== open.bytesRead) {
          open.bytesRead = bytesRead
          open.idleSince = now
        } else if (now - open.idleSince >= milliseconds) {
          open.socket.destroy()
        }
      }
    },
    cut() {
      let busy = 0
      for (const { socket, next } of connections.all) {
        if (next) busy += 1
        socket.destroy()
      }
      return busy
    },
  }
}

function inFlight({ next, further }: OpenConnection): ServerResponse[] {
  return next ? [next, ...further] : []
}
