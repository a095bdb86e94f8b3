import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as v from 'valibot'

const script = fileURLToPath(new URL('wrk.lua', import.meta.url))
const run = promisify(execFile)

/** What wrk.lua prints. */
const figures = v.object({
  requests: v.number(),
  microseconds: v.number(),
  p99: v.number(),
  errors: v.number(),
})

/** What wrk counted. */
export interface Load {
  readonly requests: number
  readonly seconds: number
  /**
   * Of the latency, in milliseconds. wrk corrects it for coordinated omission: a stall also counts
   * for the requests that would have been sent meanwhile.
   */
  readonly p99: number
}

export interface LoadOptions {
  readonly connections: number
  readonly seconds: number
  /** POST 1 KiB of this instead of GET. */
  readonly post?: 'text' | 'form' | undefined
}

/**
 * Sends requests as fast as they are answered, on all connections at once (closed loop).
 * @throws Error if any response failed or was not 2xx
 */
export async function load(
  url: string,
  { connections, seconds, post }: LoadOptions,
): Promise<Load> {
  const args = ['--threads', '1', '--connections', `${connections}`, '--duration', `${seconds}s`]
  args.push('--script', script, url, ...(post ? [post] : []))
  const { stdout } = await run('wrk', args)
  const json = stdout.slice(stdout.lastIndexOf('\n{') + 1)
  const { requests, microseconds, p99, errors } = v.parse(figures, JSON.parse(json))
  if (errors > 0) throw new Error(`${errors} of ${requests} requests to ${url} failed`)
  return { requests, seconds: microseconds / 1e6, p99: p99 / 1000 }
}

/** Sends at least so many requests, in as many loads as that takes. */
export async function loadAtLeast(
  url: string,
  requests: number,
  options: Omit<LoadOptions, 'seconds'>,
): Promise<void> {
  let sent = 0
  while (sent < requests) sent += (await load(url, { ...options, seconds: 1 })).requests
}
