import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServerAdapter, Response } from '@whatwg-node/server'
import { withBoundary } from '../../handler/boundary.ts'
import type { Connection } from '../../handler/connection.ts'
import { type Arrivals, drain } from '../drain.ts'
import type { Serve } from '../server.ts'
import { trackConnections } from './connections.ts'
import { listen } from './listen.ts'
import { refuseOnSocket, refuseTarget } from './refuse.ts'
import { send } from './send.ts'
import { normalizeTarget } from './target.ts'

/**
 * Milliseconds for which a connection may be idle: longer than proxies keep theirs (ingress-nginx:
 * 60 s), so that it is never us who close it while a request is on its way.
 */
const keepAliveTimeout = 65_000

/**
 * Serves a fetch-style handler on Node's own HTTP server. @whatwg-node/server makes the `Request`;
 * the error boundary, the sending and the drain are ours, because it shows stack traces to clients,
 * never ends a response whose stream fails, and does not drain.
 * @throws StartError if it cannot listen
 */
export const serve: Serve = async (handler, options) => {
  const { onError, servedBy } = options
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

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const connection = connections.begin(request, response)
    arrivals.count += 1
    arrivals.last = performance.now()
    if (normalizeTarget(request)) {
      const context = { connection }
      await send(await adapter.handleNodeRequestAndResponse(request, response, context), response)
    } else {
      refuseTarget(response, servedBy(connection))
    }
  }

  const server = createServer({ keepAliveTimeout }, (request, response) => {
    answer(request, response).catch((cause: unknown) => {
      onError(cause)
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  })
  server.on('connection', (socket) => {
    connections.open(socket)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // A second answer would be taken for that to the next request.
    if (!socket.writable || connections.isBusy(socket)) socket.destroy()
    else refuseOnSocket(socket, error.code, servedBy(connections.identify(socket)))
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
  return { url, close: () => drain(drainable, arrivals, options) }
}
