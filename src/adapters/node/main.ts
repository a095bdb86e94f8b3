import { hostname } from 'node:os'
import { Response } from '@whatwg-node/server'
import { buildInfo } from '../build-info.ts'
import { readConfig } from '../config.ts'
import { run } from '../run.ts'
import { explainStartError } from '../start-error.ts'
import { healthcheck } from './healthcheck.ts'
import { serve } from './serve.ts'
import { readCommand, usage } from './usage.ts'

await explainStartError(async () => {
  const command = readCommand(process.argv.slice(2))
  if (command === 'help') process.stdout.write(usage)
  else if (command === 'version')
    process.stdout.write(`served-by ${buildInfo.version} (${buildInfo.commit})\n`)
  else if (command === 'healthcheck') await healthcheck(readConfig(process.env))
  else {
    const name = `node/${process.versions.node}`
    await run(readConfig(process.env), { name, hostname: hostname(), serve, Response })
  }
})
