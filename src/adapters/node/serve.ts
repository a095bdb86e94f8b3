import { createServer, type ServerResponse } from 'node:http'
import type { Handler } from '../../handler/index.ts'
import { drain } from '../server/drain.ts'
import { withDefaults } from '../server/options.ts'
import type { ServeOptions, Server } from '../server/server.ts'
import { type ClientError, createRefuser, refusalOf } from './refusal/client-error.ts'
import { type Exchange, trackConnections } from './connections.ts'
import { listen } from './listen.ts'
import { createListener, refusalFor } from './listener.ts'
import { createOutbox } from './response/outbox.ts'

/** Milliseconds between two looks for connections past their time-outs, Node's and ours. */
const connectionsCheckingInterval = 1000

/** What only this adapter offers besides. */
export interface NodeServeOptions extends ServeOptions {
  /** Told of each request when its response has ended. */
  readonly onExchange?: (exchange: Exchange) => void
}

/** What only this adapter's servers can tell. */
export interface NodeServer extends Server {
  /** Open connections and responses in flight. */
  readonly count: () => { readonly open: number; readonly inFlight: number }
}

/**
 * Serves a fetch-style handler on Node's own HTTP server.
 * @throws StartError if it cannot listen
 */
export async function serve(handler: Handler, given: NodeServeOptions): Promise<NodeServer> {
  const options = withDefaults(given)
  const { limits, onExchange } = options
  const connections = trackConnections(onExchange)
  const outbox = createOutbox()
  const listener = createListener(handler, connections, outbox, options)

  const server = createServer({
    connectionsCheckingInterval,
    // Most requests have no body, and to end the stream of one costs some turns of the queue.
    optimizeEmptyRequests: true,
    // As `Headers` do; Node would drop all but the first of some, a second Host among them.
    joinDuplicateHeaders: true,
    headersTimeout: limits.headerTimeout * 1000,
    // Node's own would set and clear a timer for each request; the look below sees to it.
    keepAliveTimeout: 0,
    // Node refuses what has this size; we serve it.
    maxHeaderSize: limits.headerBytes + 1,
    requestTimeout: limits.requestTimeout * 1000,
    // Node would answer a missing Host without our fields; the listener looks for it.
    requireHostHeader: false,
  })
  server.maxConnections = limits.connections
  // The size of the header is limited; Node would drop the fields above a number of its own.
  server.maxHeadersCount = 0
  server.on('request', (request, response) => {
    listener(request, response)
  })
  server.on('checkContinue', (request, response: ServerResponse) => {
    const refusal = refusalFor(request, limits)
    if (!refusal) response.writeContinue()
    listener(request, response, refusal)
  })
  server.on('checkExpectation', (request, response: ServerResponse) => {
    listener(request, response, 417)
  })
  server.on('connection', (socket) => {
    connections.open(socket)
  })
  const refuseUnparsed = createRefuser(connections, options.identify)
  server.on('clientError', (error: ClientError, socket) => {
    outbox.flush()
    refuseUnparsed(socket, refusalOf(error, limits))
  })
  server.on('connect', (_request, socket) => {
    refuseUnparsed(socket, 400)
  })
  const url = await listen(server, options)
  const look = setInterval(() => {
    connections.closeIdleFor(limits.idleTimeout * 1000)
  }, connectionsCheckingInterval).unref()

  const drainable = {
    ...connections,
    stop() {
      const closed = new Promise<void>((resolve) =>
        server.close(() => {
          clearInterval(look)
          resolve()
        }),
      )
      connections.closeIdle()
      return closed
    },
  }
  return {
    url,
    count: connections.count,
    close: () => drain(drainable, connections.arrivals, options),
  }
}
