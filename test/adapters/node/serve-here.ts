import { onTestFinished } from 'vitest'
import { defaultLimits, type Limits } from '../../../src/adapters/server/limits.ts'
import { type NodeServeOptions, serve } from '../../../src/adapters/node/serve.ts'
import { createIdentify } from '../../../src/handler/identity.ts'
import type { Handler } from '../../../src/handler/index.ts'
import { testReplica } from '../../handler/test-replica.ts'

type Options = Omit<Partial<NodeServeOptions>, 'limits'> & { readonly limits?: Partial<Limits> }

/** Serves a handler in this process on a free port, until the end of the test at the latest. */
export async function serveHere(handler: Handler, { limits, ...options }: Options = {}) {
  const errors: unknown[] = []
  const server = await serve(handler, {
    host: '127.0.0.1',
    port: 0,
    drainDelay: 0,
    drainTimeout: 0,
    onError: (cause) => errors.push(cause),
    identify: createIdentify(testReplica()),
    limits: { ...defaultLimits, ...limits },
    ...options,
  })
  onTestFinished(async () => {
    await server.close()
  })
  return { ...server, close: () => server.close(), errors }
}
