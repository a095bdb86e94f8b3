import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { path } from './binaries.ts'

/** How a process ended, and everything that it printed. */
export interface End {
  readonly code: number | null
  readonly output: string
}

/** A server in a process of its own. */
export interface Child {
  /** The base URL, with a slash at its end. */
  readonly url: string
  /** Resolves when the process has ended, by itself or not. */
  readonly ended: Promise<End>
  /** Ends the process as an orchestrator would. */
  stop(): Promise<End>
  /** Ends the process at once. */
  readonly kill: () => void
  /** Runs the same command once more, with other settings, to its end. */
  again(env: Record<string, string>): Promise<End>
}

/** What a server prints on stdout as JSON when it listens: ours its URL, workerd the port. */
const ready = v.union([
  v.pipe(
    v.object({ url: v.string() }),
    v.transform(({ url }) => url),
  ),
  v.pipe(
    v.object({ event: v.literal('listen'), port: v.number() }),
    v.transform(({ port }) => `http://127.0.0.1:${port}/`),
  ),
])

/** Starts a command of space-separated words in the project's root and waits until it listens. */
export async function start(command: string, env: Record<string, string> = {}): Promise<Child> {
  const { child, ended } = run(command, env)
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ready), line)
      if (parsed.success) resolve(parsed.output)
    })
    ended.then(({ code, output }) => {
      reject(new Error(`\`${command}\` ended with ${code ?? 'a signal'}:\n${output}`))
    }, reject)
  })
  return {
    url,
    ended,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
    kill() {
      child.kill('SIGKILL')
    },
    again: (other) => run(command, { ...env, ...other }).ended,
  }
}

function run(command: string, env: Record<string, string>) {
  const [program = '', ...args] = command.split(' ')
  const child = spawn(program, args, {
    cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    env: {
      PATH: path,
      HOME: process.env['HOME'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      PORT: '0',
      METRICS_PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  child.stderr.on('data', (text: Buffer) => (output += text.toString()))
  const ended = once(child, 'close').then((): End => ({ code: child.exitCode, output }))
  return { child, ended }
}
