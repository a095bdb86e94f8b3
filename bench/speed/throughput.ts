import type { Comparison, Measurement, Series } from './comparison.ts'
import type { Peer } from './in-turn.ts'
import * as programs from './programs.ts'
import { answerOf, type Path } from './same-answer.ts'
import { measureTogether, type Result } from './side-by-side.ts'
import { withServer } from './server.ts'

const { bare, bun, deno, fastapi, fastify, hono, srvx, servedBy } = programs

const limit: Peer = { program: bare, goal: { atLeast: 0.95 } }
const frameworks = [fastify, hono, srvx].map((program) => ({ program, goal: { atLeast: 1 } }))

interface Scenario {
  readonly measure: string
  readonly path: Path
  readonly connections: number
  readonly ours: programs.Program
  readonly peers: readonly Peer[]
}

const root = {
  measure: 'GET /, 64 connections',
  path: '/',
  connections: 64,
  ours: servedBy,
} as const

export const throughput = measurementOf({ ...root, peers: [limit, ...frameworks] })

/** What else a user could take. Apart, so that none of the others is idle for long between its turns. */
export const alternatives = measurementOf({
  ...root,
  peers: [fastapi, bun, deno].map((program) => ({ program })),
})

export const connections: Measurement = async (settings) => {
  const get = { ...root, peers: [limit, ...frameworks] }
  const one = measurementOf({ ...get, measure: 'GET /, 1 connection', connections: 1 })
  const many = measurementOf({ ...get, measure: 'GET /, 1000 connections', connections: 1000 })
  return [...(await one(settings)), ...(await many(settings))]
}

export const accessLog = measurementOf({
  measure: 'GET / with access log',
  path: '/',
  connections: 64,
  ours: programs.servedByLogging,
  peers: [{ program: programs.fastifyLogging, goal: { atLeast: 1 } }],
})

export const version = measurementOf({
  measure: 'GET /version',
  path: '/version',
  connections: 64,
  ours: servedBy,
  peers: [limit, ...frameworks],
})

export const echo = measurementOf({
  measure: 'POST 1 KiB, echoed',
  path: '/echo',
  connections: 64,
  ours: programs.ourHandler,
  peers: [limit, ...frameworks],
})

/** What a handler of other people does. A proxy passes the fields of its own connection on, or drops them. */
const fetchStyle = [hono, srvx].map(({ ...program }) => ({
  program: { ...program, foreign: true },
  goal: { atLeast: 1 },
}))

export const form = measurementOf({
  measure: 'POST of a form, read',
  path: '/form',
  connections: 64,
  ours: programs.ourHandler,
  peers: fetchStyle,
})

export const proxy = measurementOf({
  measure: 'POST 1 KiB, proxied by fetch',
  path: '/proxy',
  connections: 64,
  ours: programs.ourHandler,
  peers: fetchStyle,
})

/** Compares requests a second with each peer, and the tail of the latency with the bare server. */
function measurementOf({ measure, path, connections, ours, peers }: Scenario): Measurement {
  return async ({ rounds, seconds }) => {
    await checkAnswers(ours, peers, path)
    const programs = [ours, ...peers.map(({ program }) => program)]
    const load = { connections, path, seconds }
    const results = programs.map(() => new Array<Result>())
    for (let round = 1; round <= rounds; round += 1) {
      process.stderr.write(`  round ${round} of ${rounds}\n`)
      const measured = await measureTogether(programs, load)
      measured.forEach((result, i) => results[i]?.push(result))
    }

    const [own = [], ...theirs] = results
    const rows = peers.map(({ program, goal }, i): Comparison => ({
      measure,
      unit: 'req/s',
      ours: throughputOf(ours, own),
      theirs: throughputOf(program, theirs[i] ?? []),
      ...(goal && { goal }),
    }))
    const [first = []] = theirs
    if (peers[0]?.program !== bare) return rows
    const tail = { measure: 'p99 latency of it', unit: 'ms', goal: { atMost: 1.1 } }
    return [...rows, { ...tail, ours: tailOf(ours, own), theirs: tailOf(bare, first) }]
  }
}

function throughputOf({ name }: programs.Program, results: readonly Result[]): Series {
  return {
    program: name,
    values: results.map(({ requestRate }) => requestRate),
    cpu: results.map(({ cpuPerRequest }) => cpuPerRequest),
  }
}

function tailOf({ name }: programs.Program, results: readonly Result[]): Series {
  return { program: name, values: results.map(({ p99 }) => p99) }
}

/** @throws Error if the programs do not all answer with the same bytes */
async function checkAnswers(
  ours: programs.Program,
  peers: readonly Peer[],
  path: Path,
): Promise<void> {
  const ask = (program: programs.Program, foreign = false) =>
    withServer(program, ({ url }) => answerOf(url, path, foreign))
  for (const { program } of peers) {
    const foreign = program.foreign ?? false
    const [own, theirs] = [await ask(ours, foreign), await ask(program, foreign)]
    if (own !== theirs) {
      throw new Error(
        `${program.name} does not answer ${path} as served-by does:\n${theirs}\n${own}`,
      )
    }
  }
}
