import { hostname } from 'node:os'
import { Response } from '@whatwg-node/server'
import { createHandler } from '../../handler/index.ts'
import type { Replica, State } from '../../handler/replica.ts'
import { createServedBy } from '../../handler/served-by.ts'
import { createBootId } from '../boot-id.ts'
import { buildInfo } from '../build-info.ts'
import { createClock } from '../clock.ts'
import { type Config, readConfig } from './config.ts'
import { healthcheck } from './healthcheck.ts'
import { createLog } from './log.ts'
import { serve } from './serve.ts'
import { StartError } from './start-error.ts'
import { readCommand, usage } from './usage.ts'

function createReplica(config: Config): Replica & { state: State } {
  const now = createClock()
  return {
    hostname: config.replicaName ?? hostname(),
    bootId: createBootId(),
    startedAt: now(),
    build: buildInfo,
    runtime: `node/${process.versions.node}`,
    place: config.place,
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

/** Serves until a signal, then drains. */
async function run(config: Config): Promise<void> {
  const replica = createReplica(config)
  const log = createLog(config.logLevel, replica)
  const servedBy = createServedBy(replica)
  const onError = (cause: unknown) => {
    log.error({ err: cause }, 'a request failed')
  }
  const handler = createHandler(replica, { Response, servedBy, onError })

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

try {
  const command = readCommand(process.argv.slice(2))
  if (command === 'help') process.stdout.write(usage)
  else if (command === 'version')
    process.stdout.write(`served-by ${buildInfo.version} (${buildInfo.commit})\n`)
  else if (command === 'healthcheck') await healthcheck(readConfig(process.env))
  else await run(readConfig(process.env))
} catch (cause) {
  if (!(cause instanceof StartError)) throw cause
  process.stderr.write(`${cause.message}\n`)
  process.exitCode = cause.exitCode
}
