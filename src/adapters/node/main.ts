import { hostname } from 'node:os'
import { createIdentify } from '../../handler/identity.ts'
import { createHandler } from '../../handler/index.ts'
import { buildInfo } from '../replica/build-info.ts'
import { type Config, readConfig } from '../process/config.ts'
import { createLog } from '../process/log.ts'
import { createReplica } from '../replica/replica.ts'
import { firstSignal } from '../process/signal.ts'
import { explainStartError } from '../process/start-error.ts'
import { createAccessLog } from './observe/access-log.ts'
import type { EndedRequest } from './connections.ts'
import { healthcheck } from './healthcheck.ts'
import { createMetrics } from './observe/metrics.ts'
import { NodeResponse } from './response/node-response.ts'
import { serve } from './serve.ts'
import { readCommand, usage } from './usage.ts'

/** Where configuration, replica, handler, servers and signals meet. Serves until a signal. */
async function run(config: Config): Promise<void> {
  const name = `node/${process.versions.node}`
  const replica = createReplica(config, { name, hostname: hostname() })
  const log = createLog(config.logLevel, replica)
  const metrics = createMetrics(replica)
  const identifyReplica = createIdentify(replica)
  const accessLog = log.isLevelEnabled('debug') ? createAccessLog(log, identifyReplica) : undefined
  const identify = accessLog?.identify ?? identifyReplica
  const onError = (cause: unknown) => {
    log.error({ err: cause }, 'a request failed')
  }
  const onRequestEnd = (ended: EndedRequest) => {
    metrics.observe(ended)
    accessLog?.write(ended)
  }

  // Before the server listens: as PID 1 a process has no default action for signals.
  const signalled = firstSignal()
  const server = await serve(
    createHandler(replica, { ...config, Response: NodeResponse, identify, onError }),
    {
      ...config,
      identify,
      onError,
      onRequestEnd,
    },
  )
  const metricsServer = await serve(
    createHandler(replica, { Response: NodeResponse, identify, onError, routes: metrics.routes }),
    {
      ...config,
      port: config.metricsPort,
      portSetting: 'METRICS_PORT',
      drainDelay: 0,
      identify,
      onError,
    },
  )
  metrics.watch(server)
  replica.state = 'ready'
  const { url } = server
  log.info({ ...buildInfo, runtime: name, url, metrics: metricsServer.url }, 'ready')

  const signal = await signalled
  replica.drain()
  log.info({ signal, delay: config.drainDelay, timeout: config.drainTimeout }, 'draining')
  const report = await server.close()
  // Last, so that the drain itself can be watched, and what it came to is seen.
  await metrics.drained(report)
  await metricsServer.close()
  log.info(report, 'drained')
}

await explainStartError(async () => {
  const command = readCommand(process.argv.slice(2))
  if (command === 'help') process.stdout.write(usage)
  else if (command === 'version')
    process.stdout.write(`served-by ${buildInfo.version} (${buildInfo.commit})\n`)
  else if (command === 'healthcheck') await healthcheck(readConfig(process.env))
  else await run(readConfig(process.env))
})
