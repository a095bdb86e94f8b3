import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as after } from 'node:timers/promises'
import { firstPort, root, type Program } from './programs.ts'

/** The core that servers run on; everything else runs on another one. */
const core = 0

/** A program that runs and answers. */
export interface Server {
  readonly url: string
  /** Milliseconds from the start of the process to the first 200. */
  readonly startTime: number
  /** Seconds that all of the process's threads have run for. */
  readonly cpuTime: () => number
  /** Resident set, in bytes. */
  readonly memory: () => number
  readonly stop: () => Promise<void>
}

/**
 * Starts a program on the servers' core and waits for its first 200.
 * @param place tells apart programs that run at the same time, from 0
 * @throws Error if it ends instead
 */
export async function start({ name, command, env }: Program, place = 0): Promise<Server> {
  const port = firstPort + 2 * place
  const url = `http://127.0.0.1:${port}/`
  const began = performance.now()
  const child = spawn('taskset', ['--cpu-list', `${core}`, ...command(port)], {
    cwd: root,
    env: {
      ...process.env,
      PORT: `${port}`,
      METRICS_PORT: `${port + 1}`,
      REPLICA_NAME: 'bench',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'close')
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`)
  }
  const startTime = performance.now() - began

  const proc = `/proc/${child.pid ?? ''}`
  return {
    url,
    startTime,
    cpuTime: () => cpuTime(proc),
    memory: () => memory(proc),
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Starts a program, lets `measure` look at it, and stops it. */
export async function withServer<T>(
  program: Program,
  measure: (server: Server) => T | Promise<T>,
): Promise<T> {
  const server = await start(program)
  try {
    return await measure(server)
  } finally {
    await server.stop()
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url)
    await response.text()
    return response.ok
  } catch {
    await after(1)
    return false
  }
}

/** From proc(5), in nanoseconds where /proc/PID/stat counts hundredths of a second. */
function cpuTime(proc: string): number {
  const nanoseconds = readdirSync(`${proc}/task`).map((task) =>
    Number(readFileSync(`${proc}/task/${task}/schedstat`, 'utf8').split(' ')[0]),
  )
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e9
}

function memory(proc: string): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`${proc}/status`, 'utf8'))?.[1]
  return Number(kibibytes) * 1024
}
