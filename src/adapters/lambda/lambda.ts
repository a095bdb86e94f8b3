// AWS Lambda on Node: `dist/lambda.mjs`, with the handler `lambda.handler`. It takes the events of
// API Gateway (HTTP and REST), function URLs and ALB (single and multi-value headers).
// What it cannot do: know a host name of its own (REPLICA_NAME or the log stream, of which each
// execution environment has one, stands in for it); number connections; stream; drain.
import { createHandler, type Handler } from '../../handler/index.ts'
import { readConfig } from '../process/config.ts'
import { createReplica } from '../replica/replica.ts'
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
const runtime = {
  name: `node/${process.versions.node}`,
  hostname: process.env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? 'lambda',
}

/** The function that Lambda calls, once for each event and never twice at a time. */
export const handler = createLambda(
  createHandler(createReplica(config, runtime, 'ready'), {
    ...config,
    buffered,
    onError(cause) {
      // eslint-disable-next-line no-console -- it is the log of a function
      console.error(cause)
    },
  }),
)
