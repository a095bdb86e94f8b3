import type { IncomingMessage, ServerResponse } from 'node:http'
import { isPromise, withBoundary } from '../../handler/boundary.ts'
import type { Handler } from '../../handler/index.ts'
import type { Limits } from '../limits.ts'
import type { ServeOptions } from '../server.ts'
import { bodyIsTooLarge, limitChunkedBody } from './body-limit.ts'
import type { Connections } from './connections.ts'
import { fieldOf } from './field.ts'
import { createRequest } from './node-request.ts'
import { NodeResponse } from './node-response.ts'
import { type Refusal, refuse } from './refuse.ts'
import { send } from './send.ts'
import { createTargetReader } from './target.ts'

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
  { identify, limits, onError }: Pick<ServeOptions, 'identify' | 'onError'> & { limits: Limits },
): Listener {
  const readTarget = createTargetReader()

  return (request, response, refusal = refusalFor(request, limits)) => {
    const connection = connections.begin(response)
    const refuseWith = (status: Refusal) => {
      refuse(response, status, identify(connection, fieldOf(request, 'x-request-id')))
    }

    const url = readTarget(request)
    if (refusal !== undefined || url === undefined) {
      refuseWith(refusal ?? 400)
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
        if (isPromise(answered)) answered.then((ready) => send(ready, response)).catch(fail)
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
}

/** Why a request must not reach the handler, if there is a reason besides a bad target. */
export function refusalFor(request: IncomingMessage, limits: Limits): Refusal | undefined {
  if (request.url && request.url.length > limits.targetBytes) return 414
  const coding = fieldOf(request, 'transfer-encoding') ?? 'chunked'
  // RFC 9112 §6.3: without it at the end nobody knows where the body ends. We decode no other.
  if (coding.toLowerCase() !== 'chunked') return 400
  if (bodyIsTooLarge(request, limits.bodyBytes)) return 413
  return undefined
}
