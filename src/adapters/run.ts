import { createHandler } from '../handler/index.ts'
import type { Replica, State } from '../handler/replica.ts'
import { createServedBy } from '../handler/served-by.ts'
import { createBootId } from './boot-id.ts'
import { buildInfo } from './build-info.ts'
import { createClock } from './clock.ts'
import type { Config } from './config.ts'
import { createLog } from './log.ts'
import type { Serve } from './server.ts'

/** What a runtime with sockets and a `process` brings to `run`. */
export interface Runtime {
  /** Name and version, such as `node/26.10.0`. */
  readonly name: string
  /** The operating system's host name. */
  readonly hostname: string
  readonly serve: Serve
  /** The runtime's fastest `Response`, if that is not the global one. */
  readonly Response?: typeof Response
}

/** Serves until a signal, then drains. Node, Bun and Deno all have the `process` that it needs. */
export async function run(config: Config, { serve, ...runtime }: Runtime): Promise<void> {
  const replica = createReplica(config, runtime)
  const log = createLog(config.logLevel, replica)
  const servedBy = createServedBy(replica)
  const onError = (cause: unknown) => {
    log.error({ err: cause }, 'a request failed')
  }
  const handler = createHandler(replica, { ...runtime, servedBy, onError })

  // Before the server listens: as PID 1 a process has no default action for signals.
  const signalled = firstSignal()
  const server = await serve(handler, { ...config, servedBy, onError })
  replica.state = 'ready'
  log.info({ ...buildInfo, runtime: replica.runtime, url: server.url }, 'ready')

  const signal = await signalled
  replica.state = 'draining'
  log.info({ signal, delay: config.drainDelay, timeout: config.drainTimeout }, 'draining')
  log.info(await server.close(), 'drained')
}

function createReplica(
  { replicaName, place }: Config,
  { name, hostname }: Pick<Runtime, 'name' | 'hostname'>,
): Replica & { state: State } {
  const now = createClock()
  return {
    hostname: replicaName ?? hostname,
    bootId: createBootId(),
    startedAt: now(),
    build: buildInfo,
    runtime: name,
    place,
    state: 'starting',
    now,
  }
}

/** Resolves at the first SIGTERM or SIGINT; the second one ends the process at once. */
function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let signals = 0
    const receive = (signal: NodeJS.Signals) => {
      signals += 1
      if (signals > 1) process.exit(1)
      resolve(signal)
    }
    process.on('SIGTERM', receive)
    process.on('SIGINT', receive)
  })
}
