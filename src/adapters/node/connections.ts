import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Connection } from '../../handler/connection.ts'
import type { Arrivals } from '../server/drain.ts'
import { createOpenConnections, type OpenConnection } from './open-connections.ts'

/** A request and what became of it, once it is over: for metrics and the access log. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly connection: Connection
  /** Seconds from the request's header to the end of the response. */
  readonly seconds: number
  /** The client left, or the connection was cut, before the response was whole. */
  readonly aborted: boolean
}

/** The open connections of a server and what is in flight on them. */
export interface Connections {
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
  /** The requests so far. */
  readonly arrivals: Readonly<Arrivals>
  /** How many connections are open, and how many responses in flight. */
  readonly count: () => { readonly open: number; readonly inFlight: number }
  /** From now on every response says `Connection: close`, those in flight too where they still can. */
  closeAfterResponse(): void
  /** Ends all connections without a response in flight, those that never sent a byte too. */
  closeIdle(): void
  /** Ends those on which nothing has come or gone for so many milliseconds after a response. */
  closeIdleFor(milliseconds: number): void
  /** Cuts all that is left and says how many connections had a response in flight. */
  cut(): number
}

/**
 * Keeps count of connections and requests, for `Served-By`, for the drain and for metrics.
 * @param onExchange told of each request when its response has ended
 */
export function trackConnections(onExchange?: (exchange: Exchange) => void): Connections {
  const connections = createOpenConnections()
  const arrivals: Arrivals = { count: 0, last: 0 }
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
    const { ordinal, requests, remoteAddress } = open
    const [target, fieldLines] = [message?.url, message?.rawHeaders]
    return { ordinal, request: requests, remoteAddress, target, fieldLines }
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
    onExchange?.({
      request,
      response,
      connection,
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
      arrivals.count += 1
      arrivals.last = start
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
      if (closing) response.setHeader('connection', 'close')
      return connection
    },
    inFlightOn,
    latestOn: (socket) => connections.get(socket)?.latest,
    arrivals,
    count: () => ({ open: connections.all.length, inFlight: responses().length }),
    closeAfterResponse() {
      closing = true
      for (const response of responses()) {
        if (!response.headersSent) response.setHeader('connection', 'close')
        // Its header has promised to take a further request; without one the connection is idle.
        else
          response.once('finish', () => {
            endUnlessBusy(response)
          })
      }
    },
    closeIdle() {
      for (const { socket, next } of connections.all) if (!next) socket.destroy()
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
