import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Measurement } from './comparison.ts'
import { inTurn } from './in-turn.ts'
import { load, loadAtLeast } from './load.ts'
import { bare, type Program, servedBy } from './programs.ts'
import { type Server, withServer } from './server.ts'

const connections = 64
const manyRequests = 1_000_000
const idleConnections = 10_000

/** Resident set after many requests. */
export const memory: Measurement = async ({ rounds }) => {
  const { ours, peers } = await inTurn(
    servedBy,
    [{ program: bare, goal: { atMost: 1.25 } }],
    rounds,
    (program) => withServer(program, residentAfterLoad),
  )
  return peers.map(({ program, results, ...peer }) => ({
    measure: 'Memory after 1 M requests',
    unit: 'MB',
    ours: { program: servedBy.name, values: ours },
    theirs: { program: program.name, values: results },
    ...peer,
  }))
}

async function residentAfterLoad({ url, memory }: Server): Promise<number> {
  await loadAtLeast(url, manyRequests, { connections })
  return memory() / 1e6
}

/** What idle keep-alive connections cost: memory, and speed of the others. */
export const idle: Measurement = async ({ rounds, seconds }) => {
  const { ours, peers } = await inTurn(servedBy, [{ program: bare }], rounds, (program) =>
    withServer(program, (server) => withIdle(server, seconds)),
  )
  const memoryOf = ({ name }: Program, results: readonly IdleResult[]) => ({
    program: name,
    values: results.map(({ bytesPerConnection }) => bytesPerConnection / 1000),
  })
  return [
    ...peers.map(({ program, results }) => ({
      measure: 'Memory per idle connection',
      unit: 'kB',
      ours: memoryOf(servedBy, ours),
      theirs: memoryOf(program, results),
    })),
    {
      measure: 'GET / beside 10 000 idle',
      unit: 'req/s',
      ours: { program: servedBy.name, values: ours.map(({ besideIdle }) => besideIdle) },
      theirs: { program: 'without idle', values: ours.map(({ alone }) => alone) },
      goal: { atLeast: 0.9 },
    },
  ]
}

interface IdleResult {
  readonly bytesPerConnection: number
  /** Requests a second. */
  readonly alone: number
  readonly besideIdle: number
}

async function withIdle({ url, memory }: Server, seconds: number): Promise<IdleResult> {
  const rate = async () => {
    const { requests, seconds: taken } = await load(url, { connections, seconds })
    return requests / taken
  }
  await rate()
  const alone = await rate()
  const before = memory()
  const sockets: Socket[] = []
  while (sockets.length < idleConnections) sockets.push(await openIdle(url))
  const bytesPerConnection = (memory() - before) / idleConnections
  const besideIdle = await rate()
  for (const socket of sockets) socket.resetAndDestroy()
  return { bytesPerConnection, alone, besideIdle }
}

/** What open event streams cost, beside idle connections. */
export const events: Measurement = async ({ rounds }) => {
  const perConnection = (path: string) => (program: Program) =>
    withServer(program, async ({ url, memory }) => {
      const before = memory()
      const sockets: Socket[] = []
      while (sockets.length < idleConnections) sockets.push(await openIdle(url, path))
      const bytes = (memory() - before) / idleConnections
      for (const socket of sockets) socket.resetAndDestroy()
      return bytes / 1000
    })
  const results: { streams: number[]; idle: number[] } = { streams: [], idle: [] }
  for (let round = 0; round < rounds; round += 1) {
    results.streams.push(await perConnection('/events?interval=60')(servedBy))
    results.idle.push(await perConnection('/')(servedBy))
  }
  return [
    {
      measure: 'Memory per event stream, of 10 000',
      unit: 'kB',
      ours: { program: servedBy.name, values: results.streams },
      theirs: { program: 'idle connection', values: results.idle },
    },
  ]
}

/** A connection that has had one answer, or the beginning of a stream, and stays open. */
async function openIdle(url: string, path = '/'): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(`GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`)
  await once(socket, 'data')
  // The server is killed in the end, and that must not be an error.
  return socket.on('error', () => undefined)
}
