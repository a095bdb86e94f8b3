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

/** Starts a script with the Node that runs the tests; it ends with the test at the latest. */
function spawnNode(...args: string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()))
  return { child, ended: once(child, 'close').then(() => ({ code: child.exitCode, ...output })) }
}

/** Runs a script to its end. */
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
