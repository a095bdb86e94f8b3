import { withBoundary } from '../../handler/boundary.ts'
import type { Connection } from '../../handler/connection.ts'
import { type Handler, headersOf } from '../../handler/index.ts'
import { problem } from '../../handler/problem.ts'
import type { Arrivals } from './drain.ts'
import type { ResolvedOptions } from './options.ts'

/** A handler with what a runtime's own fetch-style server leaves to its user. */
export interface Guarded {
  /** Runs the handler within the error boundary, if the request is a valid one; never rejects. */
  readonly answer: (request: Request, connection: Connection) => Promise<Response>
  /** Reports why a response failed; gives what to send instead. */
  readonly fail: (cause: unknown) => Response
  /** From now on every response says `Connection: close`. */
  readonly closeAfterResponse: () => void
  readonly arrivals: Readonly<Arrivals>
}

/** Adds to a handler what the servers of Bun and Deno lack: error boundary and drain. */
export function guard(handler: Handler, { identify, onError }: ResolvedOptions): Guarded {
  const arrivals: Arrivals = { count: 0, last: 0 }
  let closing = false

  const fail = (cause: unknown) => {
    onError(cause)
    return new Response('Internal Server Error', { status: 500 })
  }

  const finish = (response: Response) => (closing ? sayClose(response) : response)
  const answer = withBoundary(handler, fail, finish)

  const refuse = (request: Request, connection: Connection) => {
    const answer = problem(400, 'This is not a valid HTTP request.')
    const identity = identify(connection, request.headers.get('x-request-id'))
    return new Response(answer.body, { status: 400, headers: headersOf(answer, identity) })
  }

  return {
    fail,
    arrivals,
    async answer(request, connection) {
      arrivals.count += 1
      arrivals.last = performance.now()
      // Both runtimes put the target behind the Host without a look at either.
      if (URL.canParse(request.url)) return answer(request, connection)
      return finish(refuse(request, connection))
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
