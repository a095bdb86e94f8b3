import { versionOf } from './binaries.ts'

/** One way to run served-by. */
export interface Runtime {
  readonly id: string
  /** For people; short enough for the head of a column. */
  readonly title: string
  /** What runs it, with the version that the suite runs on. */
  readonly version: string
  /** How to run it, from the project's root. docs/runtimes.md shows these very commands. */
  readonly command: string
  /** What the suite adds to the command, to get a free port. */
  readonly extra?: string
  /** What `/version` says of the runtime. */
  readonly says: RegExp
}

const node = `Node ${process.versions.node}`

function lambda(format: string, title: string): Runtime {
  return {
    id: `lambda-${format}`,
    title: `Lambda: ${title}`,
    version: node,
    command: `node test/adapters/runtimes/lambda-bridge.ts ${format}`,
    says: /^node\/\d/,
  }
}

/** All the ways to run served-by. */
export const runtimes: readonly Runtime[] = [
  {
    id: 'node',
    title: 'Node',
    version: node,
    command: 'node src/adapters/node/main.ts',
    says: /^node\/\d/,
  },
  {
    id: 'node-bundle',
    title: 'Node, bundle',
    version: node,
    command: 'node dist/server.mjs',
    says: /^node\/\d/,
  },
  {
    id: 'bun',
    title: 'Bun',
    version: `Bun ${versionOf('bun')}`,
    command: 'bun src/adapters/bun.ts',
    says: /^bun\/\d/,
  },
  {
    id: 'deno',
    title: 'Deno',
    version: `Deno ${versionOf('deno')}`,
    command: 'deno run --allow-net --allow-env --allow-sys=hostname src/adapters/deno.ts',
    says: /^deno\/\d/,
  },
  {
    id: 'workers',
    title: 'Workers',
    version: `workerd ${versionOf('workerd')}`,
    command: 'workerd serve deploy/workerd.capnp',
    extra: ' --socket-addr=http=127.0.0.1:0 --control-fd=1',
    says: /^cloudflare-workers$/,
  },
  lambda('http-api', 'HTTP API'),
  lambda('rest-api', 'REST API'),
  lambda('function-url', 'function URL'),
  lambda('alb', 'ALB'),
  lambda('alb-multi', 'ALB, multi-value'),
]

const wanted = process.env['RUNTIME']

/** Those that RUNTIME asks for: one, or all. */
export const selected = wanted ? runtimes.filter(({ id }) => id === wanted) : runtimes

if (selected.length === 0)
  throw new Error(
    `There is no RUNTIME=${wanted}. Use one of: ${runtimes.map((r) => r.id).join(', ')}`,
  )
