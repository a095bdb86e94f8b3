import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** What is known about a connection while it is open. */
export interface OpenConnection {
  readonly socket: Socket
  readonly ordinal: number
  readonly remoteAddress: string | undefined
  requests: number
  latest: IncomingMessage | undefined
  /** The response in flight that is next to be sent. */
  next: ServerResponse | undefined
  /** Those behind it, in their order, if the client pipelines. */
  readonly further: ServerResponse[]
  /** Bytes that had been read at the last look, and since when they and the responses are the same. */
  bytesRead: number
  idleSince: number
  /** Its place in the list of all. */
  place: number
}

const ofSocket = Symbol('the open connection of a socket')

interface Tracked extends Duplex {
  [ofSocket]?: OpenConnection
}

/** The open connections, which are found by their sockets. */
export interface OpenConnections {
  readonly all: readonly OpenConnection[]
  readonly get: (socket: Duplex) => OpenConnection | undefined
  /** Adds the connection of a new socket, until the socket closes. */
  readonly add: (socket: Socket) => void
}

/**
 * Makes a list and not a `Map`: one that is filled and emptied all the time leaves its former tables
 * behind, and these keep closed sockets alive (docs/performance.md).
 */
export function createOpenConnections(): OpenConnections {
  const all: OpenConnection[] = []
  let ordinal = 0

  function forget(this: Tracked) {
    const closed = this[ofSocket]
    const last = all.pop()
    if (!closed || !last || last === closed) return
    all[closed.place] = last
    last.place = closed.place
  }

  return {
    all,
    get: (socket: Tracked) => socket[ofSocket],
    add(socket: Socket & Tracked) {
      ordinal += 1
      const open = {
        socket,
        ordinal,
        remoteAddress: socket.remoteAddress,
        requests: 0,
        latest: undefined,
        next: undefined,
        further: [],
        bytesRead: 0,
        idleSince: 0,
        place: all.length,
      }
      socket[ofSocket] = open
      all.push(open)
      socket.on('close', forget)
    },
  }
}
