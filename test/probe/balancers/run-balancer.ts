import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

/** A balancer that runs, until the test ends at the latest. */
export interface Running {
  url: string
  directory: string
  /** Ends it as that signal does. */
  stop: (signal: NodeJS.Signals) => Promise<void>
}

/** How one of them is started. */
export interface Program {
  command: string
  args: (directory: string) => string[]
  /** What it reads, in its directory. */
  configurationFile: string
  /** Whether it takes connections, told without making one: it would be counted. */
  isReady: (directory: string) => Promise<boolean>
}

/** A port that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Runs a balancer with a configuration of its own. */
export async function runBalancer(
  program: Program,
  configuration: (port: number, directory: string) => string,
): Promise<Running> {
  const directory = await mkdtemp(join(tmpdir(), `${program.command}-`))
  const port = await freePort()
  await writeFile(join(directory, program.configurationFile), configuration(port, directory))
  const child = spawn(program.command, program.args(directory), {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  const exited = once(child, 'exit')
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  onTestFinished(async () => {
    await stop('SIGTERM')
    await rm(directory, { recursive: true })
  })
  while (!(await program.isReady(directory))) {
    if (child.exitCode !== null) throw new Error(`${program.command} ended: ${complaints}`)
    await sleep(20)
  }
  return { url: `http://127.0.0.1:${port}`, directory, stop }
}
