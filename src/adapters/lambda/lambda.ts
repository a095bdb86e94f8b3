// AWS Lambda on Node: `dist/lambda.mjs`, with the handler `lambda.handler`. It takes the events of
// API Gateway (HTTP and REST), function URLs and ALB (single and multi-value headers).
// What it cannot do: know a host name of its own (REPLICA_NAME or the log stream, of which each
// execution environment has one, stands in for it); number connections; stream; drain.
import { createIdentify } from '../../handler/identity.ts'
import { createHandler, type Handler } from '../../handler/index.ts'
import { headersOf } from '../../handler/headers.ts'
import { problem } from '../../handler/problem.ts'
import { readConfig } from '../process/config.ts'
import { createReplica } from '../replica/replica.ts'
import { failure } from '../server/failure.ts'
import { withDefaults } from '../server/options.ts'
import { sendable } from '../server/sendable.ts'
import type { ServeOptions } from '../server/contract.ts'
import { assertOurs, type LambdaEvent, type LambdaResult } from './event.ts'
import { toRequest } from './request.ts'
import { toResult } from './result.ts'

/**
 * Makes a Lambda function of a fetch-style handler. Where the handler fails it answers 500, and where
 * the event makes no valid request 400; it rejects only events that are no HTTP requests.
 */
export function createLambda(
  handler: Handler,
  options: Pick<ServeOptions, 'identify' | 'onError'> = {},
): (event: LambdaEvent) => Promise<LambdaResult> {
  const { identify, onError } = withDefaults({ port: 0, ...options })
  return async (event: unknown) => {
    assertOurs(event)
    let given
    try {
      given = toRequest(event)
    } catch {
      const answer = problem(400, 'This is not a valid HTTP request.')
      const headers = headersOf(answer, identify({}))
      return toResult(new Response(answer.body, { status: 400, headers }), event)
    }
    try {
      return await toResult(sendable(await handler(given.request, given.connection)), event)
    } catch (cause) {
      onError(cause)
      const requestId = given.request.headers.get('x-request-id')
      const { body, ...init } = failure(identify(given.connection, requestId))
      return toResult(new Response(body, init), event)
    }
  }
}

/**
 * Nothing is sent before all of a response is there. Less than a function may take by default (3 s),
 * and than ALB takes (1 MB).
 */
const buffered = { seconds: 2, bytes: 1_000_000 }

const config = readConfig(process.env)
const runtime = {
  name: `node/${process.versions.node}`,
  hostname: process.env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? 'lambda',
}
const replica = createReplica(config, runtime, 'ready')
const identify = createIdentify(replica)
const onError = (cause: unknown) => {
  // eslint-disable-next-line no-console -- it is the log of a function
  console.error(cause)
}

/** The function that Lambda calls, once for each event and never twice at a time. */
export const handler = createLambda(
  createHandler(replica, { ...config, buffered, identify, onError }),
  { identify, onError },
)
