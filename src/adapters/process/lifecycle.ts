import type { Logger } from 'pino'
import { createIdentify, type Identify } from '../../handler/identity.ts'
import { createHandler } from '../../handler/index.ts'
import { buildInfo } from '../replica/build-info.ts'
import { createReplica, type OwnReplica } from '../replica/replica.ts'
import type { DrainReport, Serve, Server } from '../server/contract.ts'
import { type Config, readConfig } from './config.ts'
import { isHealthCheck } from './health-check.ts'
import { createLog } from './log.ts'
import { shutdownSignal } from './signal.ts'
import { explainStartError } from './start-error.ts'

/** The runtime that a process runs on. */
export interface Runtime {
  /** Name and version, such as `node/26.10.0`. */
  readonly name: string
  /** The operating system's host name. */
  readonly hostname: string
}

/** What a process has before it serves. */
export interface Parts {
  readonly config: Config
  readonly replica: OwnReplica
  readonly log: Logger
  readonly identify: Identify
  readonly onError: (cause: unknown) => void
  readonly isHealthCheck: (target: string) => boolean
}

/** What serves, and what a runtime adds to the life of its process. */
export interface Started {
  readonly server: Server
  /** Further fields of the log line that says `ready`. */
  readonly details?: object
  /** Called when the server has drained, before the process ends. */
  readonly afterDrain?: (report: DrainReport) => Promise<void>
}

/** Runs a process with the environment as its configuration, on a runtime that adds nothing. */
export function main({ serve, ...runtime }: Runtime & { readonly serve: Serve }): Promise<void> {
  return explainStartError(async () => {
    await run(readConfig(process.env), runtime, async ({ config, replica, ...parts }) => {
      const handler = createHandler(replica, { ...config, ...parts })
      return { server: await serve(handler, { ...config, ...parts }) }
    })
    // The log is written at once; what still holds the process is only what Deno cannot cut.
    process.exit()
  })
}

/** The life of a process on any runtime: it serves until a signal, then drains. */
export async function run(
  config: Config,
  runtime: Runtime,
  start: (parts: Parts) => Promise<Started>,
): Promise<void> {
  const replica = createReplica(config, runtime)
  const log = createLog(config.logLevel, replica)
  const identify = createIdentify(replica)
  const onError = (cause: unknown) => {
    log.error({ err: cause }, 'a request failed')
  }

  // Before anything listens: as PID 1 a process has no default action for signals.
  const signalled = shutdownSignal()
  const parts = { config, replica, log, identify, onError, isHealthCheck }
  const { server, details, afterDrain } = await start(parts)
  replica.state = 'ready'
  log.info({ ...buildInfo, runtime: runtime.name, url: server.url, ...details }, 'ready')

  const signal = await signalled
  replica.drain()
  log.info({ signal, delay: config.drainDelay, timeout: config.drainTimeout }, 'draining')
  const report = await server.close()
  await afterDrain?.(report)
  log.info(report, 'drained')
}
