import { globSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packageJson from '../../package.json' with { type: 'json' }
import { readCommit } from '../../build/commit.ts'
import { imageFlags } from '../image-flags.ts'

/** A server to measure. */
export interface Program {
  readonly name: string
  /** Run at the root of the repository. It listens on that port, which the variable PORT says too. */
  readonly command: (port: number) => readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** On another runtime, which has field names and hop-by-hop fields of its own. */
  readonly foreign?: boolean
}

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The ports from here on are for programs. */
export const firstPort = Number(process.env['BENCH_PORT'] ?? 18_600)

/** What `GET /version` of all of them says. */
const build = { VERSION: packageJson.version, COMMIT: readCommit(root) }

const node = (name: string, script: string, env = {}, flags: readonly string[] = []): Program => ({
  name,
  command: () => [process.execPath, ...flags, script],
  env: { ...build, ...env },
})

const ours = (script: string, env = {}) => node('served-by', script, env, imageFlags)

export const servedBy = ours('dist/server.mjs')
export const servedByLogging = ours('dist/server.mjs', { LOG_LEVEL: 'debug' })
export const ourHandler = ours('bench/speed/handler.ts')

export const bare = node('node:http', 'bench/peers/bare.js')
export const fastify = node('fastify', 'bench/peers/fastify.js')
export const fastifyLogging = node('fastify', 'bench/peers/fastify.js', { LOG: 'on' })
export const hono = node('hono', 'bench/peers/hono.js')
export const srvx = node('srvx', 'bench/peers/srvx.js')

/** The binary itself: npm's launchers are processes of their own. */
const binary = (pattern: string) => join(root, globSync(pattern, { cwd: root })[0] ?? pattern)

/** Our adapters on the other runtimes, from source. */
export const bun: Program = {
  name: 'ours on Bun',
  command: () => [binary('node_modules/@oven/bun-*/bin/bun'), 'src/adapters/bun.ts'],
  foreign: true,
}
export const deno: Program = {
  name: 'ours on Deno',
  command: () => [
    binary('node_modules/@deno/*/deno'),
    ...['run', '--allow-net', '--allow-env', '--allow-sys=hostname', 'src/adapters/deno.ts'],
  ],
  foreign: true,
}

export const fastapi: Program = {
  name: 'fastapi',
  command: (port) => [
    'uvicorn',
    'fastapi_app:app',
    ...['--app-dir', 'bench/peers', '--port', `${port}`],
    ...['--no-server-header', '--no-access-log', '--log-level', 'warning'],
  ],
  foreign: true,
}
