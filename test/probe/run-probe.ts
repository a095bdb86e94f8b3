import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const main = fileURLToPath(new URL('../../src/probe/main.ts', import.meta.url))

/** How a process ended, and what it wrote. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Starts a program; it ends with the test at the latest. */
function start(command: string, args: string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()))
  return { child, ended: once(child, 'close').then(() => ({ code: child.exitCode, ...output })) }
}

const spawnNode = (...args: string[]) => start(process.execPath, args)

/** Runs the probe from source within a line of shell, where it is `$probe`. */
export function runInShell(line: string): Promise<Ended> {
  return start('bash', ['-c', `probe="${process.execPath} ${main}"; ${line}`]).ended
}

/** Runs a script to its end with the Node that runs the tests. */
export function runNode(...args: string[]): Promise<Ended> {
  return spawnNode(...args).ended
}

/** Starts the probe from source. */
export function spawnProbe(...args: string[]): ReturnType<typeof spawnNode> {
  return spawnNode(main, ...args)
}

/** Runs the probe from source to its end. */
export function runProbe(...args: string[]): Promise<Ended> {
  return spawnProbe(...args).ended
}
