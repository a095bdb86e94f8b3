import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { withBoundary } from '../../handler/boundary.ts'
import { drain } from '../drain.ts'
import { defaultLimits } from '../limits.ts'
import type { ServeOptions, Server } from '../server.ts'
import type { Handler } from '../../handler/index.ts'
import { bodyIsTooLarge, limitChunkedBody } from './body-limit.ts'
import { type ClientError, createRefuser, refusalOf } from './client-error.ts'
import { type Exchange, trackConnections } from './connections.ts'
import { fieldOf } from './field.ts'
import { listen } from './listen.ts'
import { createRequest } from './node-request.ts'
import { NodeResponse } from './node-response.ts'
import { type Refusal, refuse } from './refuse.ts'
import { send } from './send.ts'
import { createTargetReader } from './target.ts'

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
  const connections = trackConnections(onExchange)
  const readTarget = createTargetReader()

  const listener = (request: IncomingMessage, response: ServerResponse, refusal?: Refusal) => {
    const connection = connections.begin(response)
    const refuseWith = (status: Refusal) => {
      refuse(response, status, identify(connection, fieldOf(request, 'x-request-id')))
    }

    const status = refusal ?? refusalFor(request)
    const url = readTarget(request)
    if (status !== undefined || url === undefined) {
      refuseWith(status ?? 400)
      return
    }
    const crash = (cause: unknown) => {
      // To read a body that was refused, or whose client has left, fails too, which is no fault.
      if (!response.headersSent && !response.closed) onError(cause)
      return new NodeResponse('Internal Server Error', { status: 500 })
    }
    const fail = (cause: unknown) => {
      onError(cause)
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    }
    const answer = () => {
      const answered = withBoundary(
        () => handler(createRequest(request, response, url), connection),
        crash,
      )
      try {
        // Without a promise where there is none: each one costs a turn of the queue.
        if (answered instanceof Promise) answered.then((ready) => send(ready, response)).catch(fail)
        else send(answered, response)?.catch(fail)
      } catch (cause) {
        fail(cause)
      }
    }

    if (fieldOf(request, 'transfer-encoding') === undefined) {
      answer()
      return
    }
    // @whatwg-node/server reads this body in place of the request's own.
    const body = limitChunkedBody(request, response, limits.bodyBytes, () => {
      if (response.headersSent) request.socket.destroy()
      else refuseWith(413)
    })
    Object.assign(request, { body })
    // The parser first has a look at the chunks that came along with the header.
    setImmediate(() => {
      if (!response.headersSent) answer()
    })
  }

  /** Why a request must not reach the handler, if there is a reason besides a bad target. */
  const refusalFor = (request: IncomingMessage): Refusal | undefined => {
    if (request.url && request.url.length > limits.targetBytes) return 414
    const coding = fieldOf(request, 'transfer-encoding') ?? 'chunked'
    // RFC 9112 §6.3: without it at the end nobody knows where the body ends. We decode no other.
    if (coding.toLowerCase() !== 'chunked') return 400
    if (bodyIsTooLarge(request, limits.bodyBytes)) return 413
    return undefined
  }

  const server = createServer({
    connectionsCheckingInterval,
    // Most requests have no body, and to end the stream of one costs some turns of the queue.
    optimizeEmptyRequests: true,
    headersTimeout: limits.headerTimeout * 1000,
    keepAliveTimeout: limits.idleTimeout * 1000,
    // Node refuses what has this size; we serve it.
    maxHeaderSize: limits.headerBytes + 1,
    requestTimeout: limits.requestTimeout * 1000,
    // Node would answer a missing Host without our fields; readTarget looks for it.
    requireHostHeader: false,
  })
  server.maxConnections = limits.connections
  // The size of the header is limited; Node would drop the fields above a number of its own.
  server.maxHeadersCount = 0
  server.on('request', (request, response) => {
    listener(request, response)
  })
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
  const refuseUnparsed = createRefuser(connections, identify)
  server.on('clientError', (error: ClientError, socket) => {
    refuseUnparsed(socket, refusalOf(error, limits))
  })
  server.on('connect', (_request, socket) => {
    refuseUnparsed(socket, 400)
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
  return {
    url,
    count: connections.count,
    close: () => drain(drainable, connections.arrivals, options),
  }
}
