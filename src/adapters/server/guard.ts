import type { Connection } from '../../handler/connection.ts'
import { headersOf } from '../../handler/headers.ts'
import type { Handler } from '../../handler/index.ts'
import { problem } from '../../handler/problem.ts'
import { failure } from './failure.ts'
import { forConnection } from './for-connection.ts'
import { createLateRequests, type LateRequests } from './late-requests.ts'
import type { ResolvedOptions } from './options.ts'
import { sendable } from './sendable.ts'

/** A handler with what a runtime's own fetch-style server leaves to its user. */
export interface Guarded {
  /** Runs the handler within the error boundary, if the request is a valid one; never rejects. */
  readonly answer: (request: Request, connection: Connection) => Promise<Response>
  /** Reports why a response failed; gives what to send instead. */
  readonly fail: (cause: unknown) => Response
  /** From now on every response says `Connection: close`. */
  readonly closeAfterResponse: () => void
  readonly late: LateRequests
}

/**
 * Adds to a handler what the servers of Bun and Deno lack: error boundary and drain.
 * @param last has the last word on each response that the handler gives; may throw if it cannot be sent
 */
export function guard(
  handler: Handler,
  options: ResolvedOptions,
  last: (response: Response) => Response = (response) => response,
): Guarded {
  const { identify, onError } = options
  const late = createLateRequests(options)
  let closing = false

  const fail = (cause: unknown, request?: Request, connection: Connection = {}) => {
    onError(cause)
    const { body, ...init } = failure(identify(connection, request?.headers.get('x-request-id')))
    return new Response(body, init)
  }

  const finish = (response: Response) => forConnection(response, closing)
  const answer = async (request: Request, connection: Connection) => {
    try {
      return last(finish(sendable(await handler(request, connection))))
    } catch (cause) {
      return finish(fail(cause, request, connection))
    }
  }

  const refuse = (request: Request, connection: Connection) => {
    const answer = problem(400, 'This is not a valid HTTP request.')
    const identity = identify(connection, request.headers.get('x-request-id'))
    return new Response(answer.body, { status: 400, headers: headersOf(answer, identity) })
  }

  return {
    fail: (cause) => fail(cause),
    late,
    async answer(request, connection) {
      const url = URL.parse(request.url)
      // Both runtimes put the target behind the Host without a look at either.
      if (!url) return finish(refuse(request, connection))
      late.note(url.pathname)
      return answer(request, connection)
    },
    closeAfterResponse() {
      closing = true
    },
  }
}
