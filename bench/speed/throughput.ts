import type { Comparison, Measurement } from './comparison.ts'
import { inTurn, type Peer } from './in-turn.ts'
import { load, loadAtLeast, type LoadOptions } from './load.ts'
import * as programs from './programs.ts'
import { answerOf, type Path } from './same-answer.ts'
import { withServer } from './server.ts'

const { bare, bun, deno, fastapi, fastify, hono, srvx, servedBy } = programs

/** Requests before each measurement, for the compiler. */
const warmUp = 30_000

const limit: Peer = { program: bare, goal: { atLeast: 0.95 } }
const frameworks = [fastify, hono, srvx].map((program) => ({ program, goal: { atLeast: 1 } }))

interface Scenario {
  readonly measure: string
  readonly path: Path
  readonly connections: number
  readonly ours: programs.Program
  readonly peers: readonly Peer[]
}

export const throughput = measurementOf({
  measure: 'GET /, 64 connections',
  path: '/',
  connections: 64,
  ours: servedBy,
  peers: [limit, ...frameworks, ...[fastapi, bun, deno].map((program) => ({ program }))],
})

export const connections: Measurement = async (settings) => {
  const get = { path: '/', ours: servedBy, peers: [limit, ...frameworks] } as const
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
  ours: programs.servedByEcho,
  peers: [limit, ...frameworks],
})

/** Compares requests a second with each peer, and the tail of the latency with the bare server. */
function measurementOf({ measure, path, connections, ...scenario }: Scenario): Measurement {
  return async ({ rounds, seconds }) => {
    await checkAnswers(scenario.ours, scenario.peers, path)
    const options = { connections, seconds, echo: path === '/echo' }
    const { ours, peers } = await inTurn(scenario.ours, scenario.peers, rounds, (program) =>
      loadOne(program, path, options),
    )
    const seriesOf = (program: programs.Program, results: readonly Result[]) => ({
      throughput: {
        program: program.name,
        values: results.map(({ requestRate }) => requestRate),
        cpu: results.map(({ cpuPerRequest }) => cpuPerRequest),
      },
      tail: { program: program.name, values: results.map(({ p99 }) => p99) },
    })
    const own = seriesOf(scenario.ours, ours)
    const rows = peers.map(({ program, results, goal }): Comparison => ({
      measure,
      unit: 'req/s',
      ours: own.throughput,
      theirs: seriesOf(program, results).throughput,
      ...(goal && { goal }),
    }))
    const [first] = peers
    if (first?.program !== bare) return rows
    return [
      ...rows,
      {
        measure: 'p99 latency of it',
        unit: 'ms',
        ours: own.tail,
        theirs: seriesOf(first.program, first.results).tail,
        goal: { atMost: 1.1 },
      },
    ]
  }
}

interface Result {
  /** A second. */
  readonly requestRate: number
  /** Milliseconds. */
  readonly p99: number
  /** Seconds. */
  readonly cpuPerRequest: number
}

function loadOne(program: programs.Program, path: Path, options: LoadOptions): Promise<Result> {
  return withServer(program, async (server) => {
    const url = new URL(path, server.url).href
    await loadAtLeast(url, warmUp, options)
    const cpuBefore = server.cpuTime()
    const { requests, seconds, p99 } = await load(url, options)
    const cpuPerRequest = (server.cpuTime() - cpuBefore) / requests
    return { requestRate: requests / seconds, p99, cpuPerRequest }
  })
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
