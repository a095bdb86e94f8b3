import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServerAdapter, Response } from '@whatwg-node/server'
import { withBoundary } from '../../handler/boundary.ts'
import type { Connection } from '../../handler/connection.ts'
import { type Arrivals, drain } from '../drain.ts'
import { defaultLimits } from '../limits.ts'
import type { ServeOptions, Server } from '../server.ts'
import type { Handler } from '../../handler/index.ts'
import { bodyIsTooLarge, limitChunkedBody } from './body-limit.ts'
import { trackConnections } from './connections.ts'
import { type Exchange, observeExchange } from './exchange.ts'
import { listen } from './listen.ts'
import { type ClientError, refusalOf, type Refusal, refuse, refuseOnSocket } from './refuse.ts'
import { send } from './send.ts'
import { normalizeTarget } from './target.ts'

/** Milliseconds between two looks for connections past their time-outs. */
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
 * Serves a fetch-style handler on Node's own HTTP server. @whatwg-node/server makes the `Request`;
 * the error boundary, the sending and the drain are ours, because it shows stack traces to clients,
 * never ends a response whose stream fails, and does not drain.
 * @throws StartError if it cannot listen
 */
export async function serve(handler: Handler, options: NodeServeOptions): Promise<NodeServer> {
  const { identify, limits = defaultLimits, onError, onExchange } = options
  const connections = trackConnections()
  const arrivals: Arrivals = { count: 0, last: 0 }

  const adapter = createServerAdapter<{ connection: Connection }>((request, { connection }) =>
    withBoundary(
      () => handler(request, connection),
      (cause) => {
        onError(cause)
        return new Response('Internal Server Error', { status: 500 })
      },
    ),
  )

  /** Why a request must not reach the handler, if there is a reason. */
  const refusalFor = (request: IncomingMessage): Refusal | undefined => {
    if (Buffer.byteLength(request.url ?? '', 'latin1') > limits.targetBytes) return 414
    if (!normalizeTarget(request)) return 400
    if (bodyIsTooLarge(request, limits.bodyBytes)) return 413
    return undefined
  }

  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    refusal = refusalFor(request),
  ) => {
    const connection = connections.begin(request, response)
    arrivals.count += 1
    arrivals.last = performance.now()
    if (onExchange) observeExchange(request, response, connection, onExchange)

    const refuseWith = (status: Refusal) => {
      refuse(response, status, identify(connection, request.headers['x-request-id']?.toString()))
    }
    if (refusal) {
      refuseWith(refusal)
      return
    }
    if (request.headers['transfer-encoding'] !== undefined) {
      // @whatwg-node/server reads this body in place of the request's own.
      const body = limitChunkedBody(request, response, limits.bodyBytes, () => {
        if (response.headersSent) response.destroy()
        else refuseWith(413)
      })
      Object.assign(request, { body })
    }
    await send(
      await adapter.handleNodeRequestAndResponse(request, response, { connection }),
      response,
    )
  }

  const listener = (request: IncomingMessage, response: ServerResponse, refusal?: Refusal) => {
    answer(request, response, refusal).catch((cause: unknown) => {
      onError(cause)
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  }

  const server = createServer({
    connectionsCheckingInterval,
    headersTimeout: limits.headerTimeout * 1000,
    keepAliveTimeout: limits.idleTimeout * 1000,
    maxHeaderSize: limits.headerBytes,
    requestTimeout: limits.requestTimeout * 1000,
    // Node would answer a missing Host without our fields; normalizeTarget looks for it.
    requireHostHeader: false,
  })
  server.maxConnections = limits.connections
  // The size of the header is limited; Node would drop the fields above a number of its own.
  server.maxHeadersCount = 0
  server.on('request', listener)
  server.on('checkContinue', (request, response: ServerResponse) => {
    const refusal = refusalFor(request)
    if (!refusal) response.writeContinue()
    listener(request, response, refusal)
  })
  server.on('checkExpectation', (request, response: ServerResponse) => {
    listener(request, response, 417)
  })
  server.on('connection', (socket) => {
    connections.open(socket)
  })
  server.on('clientError', (error: ClientError, socket) => {
    const [response, ...further] = connections.inFlightOn(socket)
    const status = refusalOf(error)
    if (!socket.writable || response?.headersSent || further.length > 0) {
      // A second answer would be taken for that to another request.
      socket.destroy()
    } else if (response) {
      refuse(response, status, identify({}))
    } else {
      refuseOnSocket(socket, status, identify(connections.identify(socket)))
    }
  })
  const url = await listen(server, options)

  const drainable = {
    ...connections,
    stop() {
      const closed = new Promise<void>((resolve) =>
        server.close(() => {
          resolve()
        }),
      )
      connections.closeIdle()
      return closed
    },
  }
  return { url, count: connections.count, close: () => drain(drainable, arrivals, options) }
}
