import type { IncomingMessage, ServerResponse } from 'node:http'
import { withBoundary } from '../../handler/boundary.ts'
import type { Connection } from '../../handler/connection.ts'
import type { Handler } from '../../handler/index.ts'
import type { Limits } from '../server/limits.ts'
import type { ResolvedOptions } from '../server/options.ts'
import { bodyIsTooLarge, limitChunkedBody } from './refusal/body-limit.ts'
import type { Connections } from './connections.ts'
import { createHeadWriter } from './response/head.ts'
import { createRequest } from './request/node-request.ts'
import { NodeResponse } from './response/node-response.ts'
import type { Outbox } from './response/outbox.ts'
import { type Refusal, refuse } from './refusal/refuse.ts'
import { send, writeWhole } from './response/send.ts'
import { createTargetReader } from './request/target.ts'

/** Answers one request; with a `refusal` it does not reach the handler. */
export type Listener = (
  request: IncomingMessage,
  response: ServerResponse,
  refusal?: Refusal,
) => void

/**
 * Answers Node's requests with a fetch-style handler. @whatwg-node/server makes the `Request`; the
 * error boundary and the sending are ours, because it shows stack traces to clients and never ends a
 * response whose stream fails.
 */
export function createListener(
  handler: Handler,
  connections: Connections,
  outbox: Outbox,
  { identify, limits, onError }: Pick<ResolvedOptions, 'identify' | 'onError' | 'limits'>,
): Listener {
  const readTarget = createTargetReader()
  const head = createHeadWriter(limits.idleTimeout)
  /** Whose handler has been called and has not returned. */
  let running: ServerResponse | undefined

  const crash = (cause: unknown, response: ServerResponse) => {
    // To read a body that was refused, or whose client has left, fails too, which is no fault.
    if (!response.headersSent && !response.closed) onError(cause)
    return new NodeResponse('Internal Server Error', { status: 500 })
  }
  const fail = (cause: unknown, response: ServerResponse) => {
    onError(cause)
    if (response.headersSent) response.destroy()
    else response.writeHead(500).end()
  }
  const finish = (answered: Response, response: ServerResponse) => {
    // What a promise gave has waited, and seldom comes together with others.
    const write = response === running ? outbox.add : writeWhole
    try {
      send(answered, response, head, write)?.catch((cause: unknown) => {
        fail(cause, response)
      })
    } catch (cause) {
      fail(cause, response)
    }
  }
  const answer = withBoundary(
    (response: ServerResponse, url: string, connection: Connection) =>
      handler(createRequest(response.req, response, url), connection),
    crash,
    finish,
  )
  const start = (response: ServerResponse, url: string, connection: Connection) => {
    running = response
    void answer(response, url, connection)
    running = undefined
  }

  return (request, response, refusal = refusalFor(request, limits)) => {
    const connection = connections.begin(response)
    const refuseWith = (status: Refusal) => {
      refuse(response, status, identify(connection, requestIdOf(request)))
    }
    const url = readTarget(request)
    if (refusal !== undefined || url === undefined) {
      refuseWith(refusal ?? 400)
    } else if (request.headers['transfer-encoding'] === undefined) {
      start(response, url, connection)
    } else {
      // @whatwg-node/server reads this body in place of the request's own.
      const body = limitChunkedBody(request, response, limits.bodyBytes, () => {
        outbox.flush()
        if (response.headersSent) request.socket.destroy()
        else refuseWith(413)
      })
      Object.assign(request, { body })
      // The parser first has a look at the chunks that came along with the header.
      setImmediate(() => {
        if (!response.headersSent) start(response, url, connection)
      })
    }
  }
}

/** Why a request must not reach the handler, if there is a reason besides a bad target. */
export function refusalFor(request: IncomingMessage, limits: Limits): Refusal | undefined {
  if (request.url && request.url.length > limits.targetBytes) return 414
  const coding = request.headers['transfer-encoding'] ?? 'chunked'
  // RFC 9112 §6.3: without it at the end nobody knows where the body ends. We decode no other.
  if (coding.toLowerCase() !== 'chunked') return 400
  if (bodyIsTooLarge(request, limits.bodyBytes)) return 413
  return undefined
}

function requestIdOf({ headers }: IncomingMessage): string | undefined {
  return headers['x-request-id']?.toString()
}
