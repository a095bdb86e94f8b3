import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { imageFlags } from './image-flags.ts'

const bundle = fileURLToPath(new URL('../dist/server.mjs', import.meta.url))

const readyLine = v.object({ msg: v.literal('ready'), url: v.string(), metrics: v.string() })

/** A run of the production bundle. */
export interface Replica {
  readonly name: string
  readonly process: ChildProcess
  /** Host and port. */
  readonly address: string
  /** The URL of its metrics. */
  readonly metrics: string
  /** Resolves with the exit code and the last line of the log. */
  readonly ended: Promise<{ code: number | null; lastLine: string }>
}

/**
 * Starts a replica on free ports and waits until it is ready.
 * @param env what it is to have in its environment besides ours
 * @throws Error if it ends before
 */
export async function startReplica(
  name: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Replica> {
  const child = spawn(process.execPath, [...imageFlags, bundle], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '0',
      METRICS_PORT: '0',
      REPLICA_NAME: name,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)
  let lastLine = ''
  lines.on('line', (line) => (lastLine = line))
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, lastLine }))
  const first = await Promise.race([once(lines, 'line').then(() => lastLine), ended])
  if (typeof first !== 'string') throw new Error(`${name} did not start: ${first.lastLine}`)
  const { url, metrics } = v.parse(readyLine, JSON.parse(first))
  return { name, process: child, address: new URL(url).host, metrics, ended }
}
