import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import * as v from 'valibot'

/** The server from source. */
export const main = fileURLToPath(new URL('../../../src/adapters/node/main.ts', import.meta.url))

const logLine = v.looseObject({
  level: v.string(),
  msg: v.string(),
  url: v.optional(v.string()),
  metrics: v.optional(v.string()),
})

export type LogLine = v.InferOutput<typeof logLine>

/** A run of the server as a process of its own, ended with the test at the latest. */
export interface ServerProcess {
  readonly child: ChildProcess
  /** The log so far. */
  readonly log: LogLine[]
  /** Resolves with the first log line, past or future, that has this message; rejects without one. */
  readonly logged: (message: string) => Promise<LogLine>
  /** Resolves when the process has ended. */
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>
}

/**
 * Runs a script with the Node that runs the tests.
 * @param args the script and its arguments
 * @param env the whole environment, but for where Node keeps what it compiled; without PORT the operating
 *   system chooses one
 */
export function spawnServer(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd?: string,
): ServerProcess {
  const child = spawn(process.execPath, args, {
    env: {
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      PORT: '0',
      METRICS_PORT: '0',
      ...env,
    },
    cwd,
    stdio: 'pipe',
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const log: ServerProcess['log'] = []
  const output = { stdout: '', stderr: '' }
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()))
  const lines = createInterface(child.stdout)
  lines.on('line', (line) => {
    if (line.startsWith('{')) log.push(v.parse(logLine, JSON.parse(line)))
  })
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, ...output }))

  const logged = async (message: string) => {
    for (;;) {
      const line = log.find(({ msg }) => msg === message)
      if (line) return line
      await Promise.race([
        once(lines, 'line'),
        ended.then(({ stderr }) => {
          throw new Error(`ended without the log line "${message}": ${stderr}`)
        }),
      ])
    }
  }
  return { child, log, ended, logged }
}

/** Runs a server and waits until it is ready. */
export async function startServer(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd?: string,
): Promise<ServerProcess & { readonly url: string; readonly metrics: string }> {
  const server = spawnServer(args, env, cwd)
  const { url = '', metrics = '' } = await server.logged('ready')
  return { ...server, url, metrics }
}
