// Cloudflare Workers: `wrangler deploy dist/worker.mjs`, or `workerd serve deploy/workerd.capnp`.
// What it cannot do: know a host name (REPLICA_NAME or the data centre stands in for it); tell time
// within a request, since its clock stands still between two waits for I/O, or finer than in
// milliseconds; number connections; drain, because no isolate learns that it will end.
import { createIdentify, type Identify } from '../handler/identity.ts'
import { createHandler, type Handler } from '../handler/index.ts'
import { readConfig } from './process/config.ts'
import { createReplica } from './replica/replica.ts'
import { failure } from './server/failure.ts'
import { sendable } from './server/sendable.ts'

/** The variables and bindings of the Worker. */
type Env = Readonly<Record<string, string>>

/** As much of a Worker's request as is used here. */
interface WorkerRequest extends Request {
  readonly cf?: { readonly colo?: string }
}

function onError(cause: unknown): void {
  // eslint-disable-next-line no-console -- it is the log of a Worker
  console.error(cause)
}

interface Worker {
  readonly identify: Identify
  readonly handler: Handler
}

function createWorker(env: Env, { cf }: WorkerRequest): Worker {
  const config = readConfig(env)
  const { replicaName, place } = config
  const runtime = { name: navigator.userAgent.toLowerCase(), hostname: cf?.colo ?? 'worker' }
  const zoned = { replicaName, place: { ...place, zone: place.zone ?? cf?.colo } }
  const replica = createReplica(zoned, runtime, 'ready')
  const identify = createIdentify(replica)
  return { identify, handler: createHandler(replica, { ...config, identify, onError }) }
}

// The first request makes it: an isolate has neither random numbers nor a clock before that.
let worker: Worker | undefined

export default {
  async fetch(request: WorkerRequest, env: Env): Promise<Response> {
    const remoteAddress = request.headers.get('cf-connecting-ip') ?? undefined
    try {
      worker ??= createWorker(env, request)
      return sendable(await worker.handler(request, { remoteAddress }))
    } catch (cause) {
      // A setting that is wrong, for one; the runtime would show a page of its own.
      onError(cause)
      const identity = worker?.identify({ remoteAddress }, request.headers.get('x-request-id'))
      const { body, ...init } = failure(identity ?? {})
      return new Response(body, init)
    }
  },
}
