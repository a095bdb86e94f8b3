import { median } from 'simple-statistics'
import { load } from './load.ts'
import type { Program } from './programs.ts'
import type { Path } from './same-answer.ts'
import { type Server, start } from './server.ts'

/**
 * Turns before those that count. Not one long one: V8 compiles anew what it had taken for granted
 * until the first connections ended and the next ones began.
 */
const warmUp = 5

/** What is sent to some of the paths. */
const posts: Partial<Record<Path, 'text' | 'form'>> = {
  '/echo': 'text',
  '/proxy': 'text',
  '/form': 'form',
}

/** What one program did in one round. */
export interface Result {
  /** A second. */
  readonly requestRate: number
  /** Milliseconds. */
  readonly p99: number
  /** Seconds. */
  readonly cpuPerRequest: number
}

export interface Scene {
  readonly connections: number
  readonly path: Path
  /** Of load for each program. */
  readonly seconds: number
}

/**
 * Measures programs that run side by side, a second of load for each in turn, A B A B …: other work
 * makes a machine faster and slower from one second to the next, and so meets all of them alike.
 * @returns a result for each program
 */
export async function measureTogether(
  programs: readonly Program[],
  { connections, path, seconds }: Scene,
): Promise<Result[]> {
  const servers: Server[] = []
  try {
    for (const [place, program] of programs.entries()) servers.push(await start(program, place))
    const options = { connections, post: posts[path] }
    const urlOf = ({ url }: Server) => new URL(path, url).href

    const slices = servers.map(() => new Array<Result>())
    for (let second = -warmUp; second < seconds; second += 1) {
      for (const [i, server] of servers.entries()) {
        const cpuBefore = server.cpuTime()
        const { requests, seconds, p99 } = await load(urlOf(server), { ...options, seconds: 1 })
        const cpuPerRequest = (server.cpuTime() - cpuBefore) / requests
        if (second >= 0) slices[i]?.push({ requestRate: requests / seconds, p99, cpuPerRequest })
      }
    }
    return slices.map(typical)
  } finally {
    await Promise.all(servers.map(({ stop }) => stop()))
  }
}

/** The median of each figure. */
function typical(slices: readonly Result[]): Result {
  const middle = (figure: (slice: Result) => number) => median(slices.map(figure))
  return {
    requestRate: middle(({ requestRate }) => requestRate),
    p99: middle(({ p99 }) => p99),
    cpuPerRequest: middle(({ cpuPerRequest }) => cpuPerRequest),
  }
}
