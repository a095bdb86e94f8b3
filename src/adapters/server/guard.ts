import { withBoundary } from '../../handler/boundary.ts'
import type { Connection } from '../../handler/connection.ts'
import { headersOf } from '../../handler/headers.ts'
import type { Handler } from '../../handler/index.ts'
import { problem } from '../../handler/problem.ts'
import { failure } from './failure.ts'
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

/** Adds to a handler what the servers of Bun and Deno lack: error boundary and drain. */
export function guard(handler: Handler, options: ResolvedOptions): Guarded {
  const { identify, onError } = options
  const late = createLateRequests(options)
  let closing = false

  const fail = (cause: unknown, request?: Request, connection: Connection = {}) => {
    onError(cause)
    const { body, ...init } = failure(identify(connection, request?.headers.get('x-request-id')))
    return new Response(body, init)
  }

  const finish = (response: Response) => (closing ? sayClose(response) : response)
  const answer = withBoundary(
    async (request: Request, connection: Connection) =>
      sendable(await handler(request, connection)),
    fail,
    finish,
  )

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

/** The same response with `Connection: close`; a new one, because its header may be immutable. */
function sayClose(response: Response): Response {
  const { status, statusText } = response
  const headers = new Headers(response.headers)
  headers.set('connection', 'close')
  return new Response(response.body, { status, statusText, headers })
}
