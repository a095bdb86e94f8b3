import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { startServer } from '../../adapters/node/spawn-server.ts'
import { faketimeLibrary } from './programs.ts'
import { freePort } from './run-balancer.ts'

const served = fileURLToPath(new URL('../../../src/adapters/node/main.ts', import.meta.url))

/** A served-by of its own process. @returns the process, and where it is as nginx writes it */
export async function startReplica(name: string, env: Record<string, string> = {}) {
  const server = await startServer([served], {
    HOST: '127.0.0.1',
    REPLICA_NAME: name,
    // nginx keeps connections to its upstreams idle for longer than the test takes.
    DRAIN_DELAY: '1',
    ...env,
  })
  return { ...server, address: new URL(server.url).host }
}

/** Served-bys with these names. @returns where they are */
export async function startReplicas(names: string[]): Promise<string[]> {
  const replicas = await Promise.all(names.map((name) => startReplica(name)))
  return replicas.map(({ address }) => address)
}

/** A served-by, one that is odd, or an address where nobody listens. */
export type ReplicaKind = 'served-by' | 'down' | Oddity

/** Waits until a probe is under way: that replica has given so many answers, which it counts. */
export async function underWay(url: string, enough = 50): Promise<void> {
  for (let answers = 0; answers < enough;) {
    const response = await fetch(url)
    answers = Number(/;n=(\d+)/.exec(response.headers.get('served-by') ?? '')?.[1])
    await response.body?.cancel()
    await sleep(100)
  }
}

/** Replicas named a, b, c … @returns where they are, and their names by address */
export async function startKinds(kinds: readonly ReplicaKind[]) {
  const names = 'abcdefghij'
  const servers = await Promise.all(
    kinds.map(async (kind, index) => {
      const name = names.charAt(index)
      if (kind === 'down') return `127.0.0.1:${await freePort()}`
      return kind === 'served-by' ? (await startReplica(name)).address : startOddReplica(name, kind)
    }),
  )
  return { servers, nameOf: new Map(servers.map((server, index) => [server, names.charAt(index)])) }
}

/** The environment of a process whose wall clock is ahead. @param seconds how far */
export function clockAhead(seconds: number): Record<string, string> {
  return {
    LD_PRELOAD: faketimeLibrary() ?? '',
    FAKETIME: `+${seconds}s`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
}

/** What served-by does not do by itself: be slow, or fail now and then. */
export interface Oddity {
  /** Milliseconds until the next answer. */
  delay?: () => number
  /** The how-manieth answer is always a 503. */
  failEvery?: number
  version?: string
  zone?: string
  /** Milliseconds that its first answer takes longer, as if it were started for that. */
  start?: number
}

/** A server that says who it is as served-by does, and is odd. @returns where it is */
export async function startOddReplica(name: string, oddity: Oddity): Promise<string> {
  const { delay, failEvery, version, zone, start = 0 } = oddity
  const place = `${version ? `;v="${version}"` : ''}${zone ? `;zone="${zone}"` : ''}`
  let n = 0
  const server = createServer((_request, response) => {
    n += 1
    const status = failEvery !== undefined && n % failEvery === 0 ? 503 : 200
    const fields = { 'Served-By': `"${name}"${place};boot=odd;n=${n}` }
    const answer = () => response.writeHead(status, fields).end()
    const wait = (delay?.() ?? 0) + (n === 1 ? start : 0)
    if (wait > 0) void sleep(wait).then(answer)
    else answer()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `127.0.0.1:${address.port}`
}
