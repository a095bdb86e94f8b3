import { createServer, type ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Handler } from '../../handler/index.ts'
import { drain } from '../server/drain.ts'
import { createLateRequests } from '../server/late-requests.ts'
import { withDefaults } from '../server/options.ts'
import type { ServeOptions, Server } from '../server/contract.ts'
import { type ClientError, createRefuser, hasLeft, refusalOf } from './refusal/client-error.ts'
import { type EndedRequest, trackConnections } from './connections.ts'
import { listen } from './listen.ts'
import { acceptLazyRequests } from './platform.ts'
import { NodeRequest } from './request/node-request.ts'
import { createRespond, refusalFor } from './respond.ts'

/** Milliseconds between two looks for connections past their time-outs, Node's and ours. */
const connectionsCheckingInterval = 1000

/** Milliseconds that a connection without a request yet is left for one when the port has closed. */
const firstRequestGrace = 1000

/** What only this adapter offers besides. */
export interface NodeServeOptions extends ServeOptions {
  /** Told of each request when its response has ended. */
  readonly onRequestEnd?: (ended: EndedRequest) => void
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
  const { limits, onRequestEnd } = options
  const late = createLateRequests(options)
  const connections = trackConnections(late, onRequestEnd)
  const respond = createRespond(handler, connections, options)
  acceptLazyRequests((value) => NodeRequest.unwrap(value))

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
    // Node would answer a missing Host without our fields; we look for it ourselves.
    requireHostHeader: false,
  })
  server.maxConnections = limits.connections
  // The size of the header is limited; Node would drop the fields above a number of its own.
  server.maxHeadersCount = 0
  server.on('request', (request, response) => {
    respond(request, response)
  })
  server.on('checkContinue', (request, response: ServerResponse) => {
    const refusal = refusalFor(request, limits)
    if (!refusal) response.writeContinue()
    respond(request, response, refusal)
  })
  server.on('checkExpectation', (request, response: ServerResponse) => {
    respond(request, response, 417)
  })
  server.on('connection', (socket) => {
    acceptLazyRequests((value) => NodeRequest.unwrap(value))
    connections.open(socket)
  })
  const refuseUnparsed = createRefuser(connections, options.identify)
  server.on('clientError', (error: ClientError, socket) => {
    refuseUnparsed(socket, refusalOf(error, limits), hasLeft(error))
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
    async stop() {
      // Those that the kernel accepted before now: it would reset them with the port.
      await nextTurn()
      const grace = setTimeout(() => {
        connections.closeUnused()
      }, firstRequestGrace)
      // Not that of the HTTP server, which ends connections without a request, too.
      const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve))
      connections.closeIdle()
      await closed
      clearTimeout(grace)
      clearInterval(look)
      // What else it has going on is its own look for time-outs.
      server.close()
    },
  }
  return {
    url,
    count: connections.count,
    close: () => drain(drainable, late, options),
  }
}
