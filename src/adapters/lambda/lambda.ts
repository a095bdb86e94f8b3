// AWS Lambda on Node: `dist/lambda.mjs`, with the handler `lambda.handler`. It takes the events of
// API Gateway (HTTP and REST), function URLs and ALB (single and multi-value headers).
// What it cannot do: know a host name of its own (REPLICA_NAME or the log stream, of which each
// execution environment has one, stands in for it); number connections; stream; drain.
import { createHandler, type Handler } from '../../handler/index.ts'
import { createBootId } from '../replica/boot-id.ts'
import { buildInfo } from '../replica/build-info.ts'
import { createClock } from '../replica/clock.ts'
import { readConfig } from '../process/config.ts'
import { fromLambda, type LambdaEvent, type LambdaResult, toLambda } from './event.ts'

/** Makes a Lambda function of a fetch-style handler. */
export function createLambda(handler: Handler): (event: LambdaEvent) => Promise<LambdaResult> {
  return async (event) => {
    const { request, connection } = fromLambda(event)
    return toLambda(await handler(request, connection), event)
  }
}

/**
 * Nothing is sent before all of a response is there. Less than a function may take by default (3 s),
 * and than ALB takes (1 MB).
 */
const buffered = { seconds: 2, bytes: 1_000_000 }

const config = readConfig(process.env)
const { replicaName, place } = config
const now = createClock()

/** The function that Lambda calls, once for each event and never twice at a time. */
export const handler = createLambda(
  createHandler(
    {
      hostname: replicaName ?? process.env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? 'lambda',
      bootId: createBootId(),
      startedAt: now(),
      build: buildInfo,
      runtime: `node/${process.versions.node}`,
      place,
      state: 'ready',
      now,
    },
    {
      ...config,
      buffered,
      onError(cause) {
        // eslint-disable-next-line no-console -- it is the log of a function
        console.error(cause)
      },
    },
  ),
)
