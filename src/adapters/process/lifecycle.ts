import { createHandler } from '../../handler/index.ts'
import { createIdentify } from '../../handler/identity.ts'
import { buildInfo } from '../replica/build-info.ts'
import { type Config, readConfig } from './config.ts'
import { createLog } from './log.ts'
import { createReplica } from '../replica/replica.ts'
import { firstSignal } from './signal.ts'
import type { Serve } from '../server/contract.ts'
import { explainStartError } from './start-error.ts'

/** What a runtime with sockets and a `process` brings to `run`. */
export interface Runtime {
  /** Name and version, such as `node/26.10.0`. */
  readonly name: string
  /** The operating system's host name. */
  readonly hostname: string
  readonly serve: Serve
}

/** What a runtime's entry point does: runs with the environment as configuration. */
export function main(runtime: Runtime): Promise<void> {
  return explainStartError(() => run(readConfig(process.env), runtime))
}

/**
 * Serves until a signal, then drains: the composition root of Bun and Deno, which both have the
 * `process` that it needs. Node has one of its own, with metrics and access log: `node/main.ts`.
 */
export async function run(config: Config, { serve, ...runtime }: Runtime): Promise<void> {
  const replica = createReplica(config, runtime)
  const log = createLog(config.logLevel, replica)
  const identify = createIdentify(replica)
  const onError = (cause: unknown) => {
    log.error({ err: cause }, 'a request failed')
  }
  const handler = createHandler(replica, { ...config, identify, onError })

  // Before the server listens: as PID 1 a process has no default action for signals.
  const signalled = firstSignal()
  const server = await serve(handler, { ...config, identify, onError })
  replica.state = 'ready'
  log.info({ ...buildInfo, runtime: replica.runtime, url: server.url }, 'ready')

  const signal = await signalled
  replica.drain()
  log.info({ signal, delay: config.drainDelay, timeout: config.drainTimeout }, 'draining')
  log.info(await server.close(), 'drained')
  // The log is written at once; what still holds the process is only what Deno cannot cut.
  process.exit()
}
