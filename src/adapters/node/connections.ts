import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
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
  /** How many connections are open, and how many responses in flight. */
  readonly count: () => { readonly open: number; readonly inFlight: number }
  /** From now on every response says `Connection: close`, those in flight too where they still can. */
  closeAfterResponse(): void
  /** Ends all connections without a response in flight, those that never sent a byte too. */
  closeIdle(): void
  /** Cuts all that is left and says how many connections had a response in flight. */
  cut(): number
}

interface OpenConnection {
  readonly ordinal: number
  readonly remoteAddress: string | undefined
  requests: number
  latest?: IncomingMessage
}

/**
 * Keeps count of connections and requests, for `Served-By`, for the drain and for metrics.
 * @param onExchange told of each request when its response has ended
 */
export function trackConnections(onExchange?: (exchange: Exchange) => void): Connections {
  const sockets = new Map<Duplex, OpenConnection>()
  const inFlight = new Map<
    ServerResponse,
    { connection: Connection; start: number; sent: number }
  >()
  let opened = 0
  let closing = false

  const responses = () => [...inFlight.keys()]
  const busySockets = () => new Set<Duplex>(responses().map(({ req }) => req.socket))
  const inFlightOn = (socket: Duplex) => responses().filter(({ req }) => req.socket === socket)

  const endUnlessBusy = (finished: ServerResponse) => {
    const { socket } = finished.req
    const further = inFlightOn(socket).filter((response) => response !== finished)
    if (further.length === 0) socket.end()
  }

  const identify = (socket: Duplex): Connection => {
    const connection = sockets.get(socket)
    if (!connection) return {}
    connection.requests += 1
    const { ordinal, requests, remoteAddress } = connection
    return { ordinal, request: requests, remoteAddress }
  }

  function ended(this: ServerResponse) {
    const begun = inFlight.get(this)
    if (!begun) return
    inFlight.delete(this)
    onExchange?.({
      request: this.req,
      response: this,
      connection: begun.connection,
      seconds: (performance.now() - begun.start) / 1000,
      bytes: this.req.socket.bytesWritten - begun.sent,
      aborted: !this.writableFinished,
    })
  }

  return {
    identify,
    open(socket) {
      opened += 1
      sockets.set(socket, { ordinal: opened, requests: 0, remoteAddress: socket.remoteAddress })
      socket.once('close', () => sockets.delete(socket))
    },
    begin(response) {
      const { socket } = response.req
      const connection = identify(socket)
      const start = performance.now()
      inFlight.set(response, { connection, start, sent: socket.bytesWritten })
      response.on('close', ended)
      if (closing) response.setHeader('connection', 'close')
      const open = sockets.get(socket)
      if (open) open.latest = response.req
      return connection
    },
    inFlightOn,
    latestOn: (socket) => sockets.get(socket)?.latest,
    count: () => ({ open: sockets.size, inFlight: inFlight.size }),
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
      const busy = busySockets()
      for (const socket of sockets.keys()) if (!busy.has(socket)) socket.destroy()
    },
    cut() {
      const busy = busySockets().size
      for (const socket of sockets.keys()) socket.destroy()
      return busy
    },
  }
}
