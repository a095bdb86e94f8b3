import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Connection } from '../../handler/connection.ts'

/** The open connections of a server and what is in flight on them. */
export interface Connections {
  /** Call for each new socket. */
  open(socket: Socket): void
  /** Call for each request; gives what the handler may know about its connection. */
  begin(request: IncomingMessage, response: ServerResponse): Connection
  /** The same for what could not be parsed as a request. */
  identify(socket: Duplex): Connection
  /** The responses in flight on the socket, in their order. */
  inFlightOn(socket: Duplex): ServerResponse[]
  /** From now on every response says `Connection: close`, those in flight too where they still can. */
  closeAfterResponse(): void
  /** How many connections are open, and how many responses in flight. */
  readonly count: () => { readonly open: number; readonly inFlight: number }
  /** Ends all connections without a response in flight, those that never sent a byte too. */
  closeIdle(): void
  /** Cuts all that is left and says how many connections had a response in flight. */
  cut(): number
}

/** Keeps count of connections and requests, for `Served-By` and for the drain. */
export function trackConnections(): Connections {
  const sockets = new Map<Duplex, Required<Connection> & { request: number }>()
  const inFlight = new Set<ServerResponse>()
  let opened = 0
  let closing = false

  const busySockets = () => new Set<Duplex>([...inFlight].map((response) => response.req.socket))

  const identify = (socket: Duplex): Connection => {
    const connection = sockets.get(socket)
    if (!connection) return {}
    connection.request += 1
    return { ...connection }
  }

  return {
    identify,
    open(socket) {
      opened += 1
      sockets.set(socket, { ordinal: opened, request: 0, remoteAddress: socket.remoteAddress })
      socket.once('close', () => sockets.delete(socket))
    },
    begin(request, response) {
      inFlight.add(response)
      response.once('close', () => inFlight.delete(response))
      if (closing) response.setHeader('connection', 'close')
      return identify(request.socket)
    },
    inFlightOn: (socket) => [...inFlight].filter((response) => response.req.socket === socket),
    closeAfterResponse() {
      closing = true
      for (const response of inFlight) {
        if (!response.headersSent) response.setHeader('connection', 'close')
        // Its header has promised a further request; without one the connection is idle.
        else response.once('finish', () => response.req.socket.end())
      }
    },
    count: () => ({ open: sockets.size, inFlight: inFlight.size }),
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
