import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { withBoundary } from '../../handler/boundary.ts'
import type { Connection } from '../../handler/connection.ts'
import type { Handler } from '../../handler/index.ts'
import { failure } from '../server/failure.ts'
import type { Limits } from '../server/limits.ts'
import type { ResolvedOptions } from '../server/options.ts'
import type { ConnectionTracker } from './connections.ts'
import { bodyIsTooLarge, limitChunkedBody } from './refusal/body-limit.ts'
import { type Refusal, refuse } from './refusal/refuse.ts'
import { NodeRequest } from './request/node-request.ts'
import { createTargetReader } from './request/target.ts'
import { createHeadWriter } from './response/head.ts'
import { NodeResponse } from './response/node-response.ts'
import { send } from './response/send.ts'

/** Responds to one request; with a `refusal` it does not reach the handler. */
export type Respond = (
  request: IncomingMessage,
  response: ServerResponse,
  refusal?: Refusal,
) => void

/** Makes what responds to Node's requests with what a fetch-style handler gives. */
export function createRespond(
  handler: Handler,
  connections: ConnectionTracker,
  { identify, limits, onError }: Pick<ResolvedOptions, 'identify' | 'onError' | 'limits'>,
): Respond {
  const readTarget = createTargetReader()
  const writeHead = createHeadWriter(limits.idleTimeout, connections.isClosing)

  /** What to send when a handler, or the response that it gave, has failed. */
  const fail = (cause: unknown, response: ServerResponse, connection: Connection = {}) => {
    // To read a body that was refused, or whose client has left, fails too, which is no fault.
    if (!response.headersSent && !response.closed) onError(cause)
    const { body, ...init } = failure(identify(connection, requestIdOf(response.req)))
    return new NodeResponse(body, init)
  }
  const failSending = (cause: unknown, response: ServerResponse) => {
    if (response.headersSent) {
      onError(cause)
      response.destroy()
    } else void send(fail(cause, response), response, writeHead)
  }
  const finish = (answer: object, response: ServerResponse) => {
    try {
      send(answer, response, writeHead)?.catch((cause: unknown) => {
        failSending(cause, response)
      })
    } catch (cause) {
      failSending(cause, response)
    }
  }
  const answer = withBoundary(
    (response: ServerResponse, connection: Connection, url: string, body?: Readable) =>
      handler(new NodeRequest(response.req, response, url, body), connection),
    fail,
    finish,
  )

  return (request, response, refusal = refusalFor(request, limits)) => {
    const connection = connections.begin(response)
    const refuseWith = (status: Refusal) => {
      refuse(response, status, identify(connection, requestIdOf(request)))
    }
    const url = readTarget(request)
    if (refusal !== undefined || url === undefined) {
      refuseWith(refusal ?? 400)
    } else if (request.headers['transfer-encoding'] === undefined) {
      void answer(response, connection, url)
    } else {
      const body = limitChunkedBody(request, response, limits.bodyBytes, () => {
        if (response.headersSent) request.socket.destroy()
        else refuseWith(413)
      })
      // The parser first has a look at the chunks that came along with the header.
      setImmediate(() => {
        if (!response.headersSent && !response.closed) void answer(response, connection, url, body)
      })
    }
  }
}

/** Why a request must not reach the handler, if there is a reason besides a bad target. */
export function refusalFor(request: IncomingMessage, limits: Limits): Refusal | undefined {
  if (request.url && request.url.length > limits.targetBytes) return 414
  const coding = request.headers['transfer-encoding']
  // RFC 9112 §6.3: without it at the end nobody knows where the body ends. We decode no other.
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return 400
  if (bodyIsTooLarge(request, limits.bodyBytes)) return 413
  return undefined
}

function requestIdOf({ headers }: IncomingMessage): string | undefined {
  return headers['x-request-id']?.toString()
}
