// Cloudflare Workers: `wrangler deploy dist/worker.mjs`, or `workerd serve deploy/workerd.capnp`.
// What it cannot do: know a host name (REPLICA_NAME or the data centre stands in for it); tell time
// within a request, since its clock stands still between two waits for I/O, or finer than in
// milliseconds; number connections; drain, because no isolate learns that it will end.
import { createHandler, type Handler } from '../handler/index.ts'
import { readConfig } from './process/config.ts'
import { createReplica } from './replica/replica.ts'

/** The variables and bindings of the Worker. */
type Env = Readonly<Record<string, string>>

/** As much of a Worker's request as is used here. */
interface WorkerRequest extends Request {
  readonly cf?: { readonly colo?: string }
}

function createWorkerHandler(env: Env, { cf }: WorkerRequest): Handler {
  const config = readConfig(env)
  const { replicaName, place } = config
  const runtime = { name: navigator.userAgent.toLowerCase(), hostname: cf?.colo ?? 'worker' }
  const zoned = { replicaName, place: { ...place, zone: place.zone ?? cf?.colo } }
  return createHandler(createReplica(zoned, runtime, 'ready'), {
    ...config,
    onError(cause) {
      // eslint-disable-next-line no-console -- it is the log of a Worker
      console.error(cause)
    },
  })
}

// The first request makes it: an isolate has neither random numbers nor a clock before that.
let handler: Handler | undefined

export default {
  fetch(request: WorkerRequest, env: Env): Response | Promise<Response> {
    handler ??= createWorkerHandler(env, request)
    return handler(request, {
      remoteAddress: request.headers.get('cf-connecting-ip') ?? undefined,
    })
  },
}
