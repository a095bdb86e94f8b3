import './platform-late.ts'
import { hostname } from 'node:os'
import { createHandler } from '../../handler/index.ts'
import { readConfig } from '../process/config.ts'
import { type Parts, run, type Started } from '../process/lifecycle.ts'
import { explainStartError } from '../process/start-error.ts'
import { buildInfo } from '../replica/build-info.ts'
import type { EndedRequest } from './connections.ts'
import { healthcheck } from './healthcheck.ts'
import { createAccessLog } from './observe/access-log.ts'
import { createMetrics } from './observe/metrics.ts'
import { NodeResponse } from './response/node-response.ts'
import { serve } from './serve.ts'
import { readCommand, usage } from './usage.ts'

/** Serves with metrics, which have a server of their own, and with an access log. */
async function start({ config, replica, log, ...parts }: Parts): Promise<Started> {
  const { identify: identifyReplica, onError, isHealthCheck } = parts
  const metrics = createMetrics(replica)
  const accessLog = log.isLevelEnabled('debug') ? createAccessLog(log, identifyReplica) : undefined
  const identify = accessLog?.identify ?? identifyReplica
  const onRequestEnd = (ended: EndedRequest) => {
    metrics.observe(ended)
    accessLog?.write(ended)
  }

  const server = await serve(
    createHandler(replica, { ...config, Response: NodeResponse, identify, onError }),
    { ...config, identify, onError, isHealthCheck, onRequestEnd },
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
  return {
    server,
    details: { metrics: metricsServer.url },
    // Last, so that the drain itself can be watched, and what it came to is seen.
    async afterDrain(report) {
      await metrics.drained(report)
      await metricsServer.close()
    },
  }
}

await explainStartError(async () => {
  const command = readCommand(process.argv.slice(2))
  const runtime = { name: `node/${process.versions.node}`, hostname: hostname() }
  if (command === 'help') process.stdout.write(usage())
  else if (command === 'version')
    process.stdout.write(`served-by ${buildInfo.version} (${buildInfo.commit})\n`)
  else if (command === 'healthcheck') await healthcheck(readConfig(process.env))
  else await run(readConfig(process.env), runtime, start)
})
