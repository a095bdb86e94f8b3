import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Program, runBalancer, type Running } from '../run-balancer.ts'

/** What differs between the configurations. */
export interface Haproxy {
  /** Balances requests, or connections. */
  mode?: 'http' | 'tcp'
  threads?: number
  /** The algorithm: `roundrobin` without one. */
  balance?: string
  /** What stands behind each server: `weight 3`. */
  parameters?: string[]
  /** Further lines of the proxy, and sections of their own. */
  lines?: string[]
  sections?: string
}

const program: Program = {
  command: 'haproxy',
  args: (directory) => ['-db', '-f', join(directory, 'haproxy.cfg')],
  configurationFile: 'haproxy.cfg',
  isReady: (directory) =>
    statistics(directory).then(
      () => true,
      () => false,
    ),
}

/**
 * Runs haproxy with that configuration until the test ends.
 *
 * @param servers where they are: `127.0.0.1:8000`
 */
export function startHaproxy(servers: readonly string[], haproxy: Haproxy = {}): Promise<Running> {
  const { mode = 'http', threads = 1, balance = 'roundrobin', parameters = [] } = haproxy
  const list = servers.map(
    (server, index) => `server ${server} ${server} ${parameters[index] ?? ''}`,
  )
  return runBalancer(
    program,
    (port, directory) => `
global
  nbthread ${threads}
  stats socket ${join(directory, 'statistics')}
defaults
  mode ${mode}
  timeout connect 1s
  timeout client 30s
  timeout server 30s
${haproxy.sections ?? ''}
listen replicas
  bind 127.0.0.1:${port}
  balance ${balance}
${[...(haproxy.lines ?? []), ...list].map((line) => `  ${line}\n`).join('')}`,
  )
}

/** The rows of `show stat`, by field. */
async function statistics(directory: string): Promise<Map<string, string>[]> {
  const socket = connect(join(directory, 'statistics'))
  await once(socket, 'connect')
  socket.end('show stat\n')
  const [head = '', ...rows] = (await text(socket)).trim().split('\n')
  const fields = head.replace('# ', '').split(',')
  return rows.map((row) => {
    const values = row.split(',')
    return new Map(fields.map((field, index) => [field, values[index] ?? '']))
  })
}

/** What each server did, by `show stat`: the answers that came from it, or the connections. */
export async function countsOfHaproxy(
  { directory }: Running,
  { mode = 'http' }: Haproxy,
): Promise<Map<string, number>> {
  const fields = mode === 'http' ? ['hrsp_2xx', 'hrsp_3xx', 'hrsp_4xx', 'hrsp_5xx'] : ['stot']
  const counts = new Map<string, number>()
  for (const row of await statistics(directory)) {
    const server = row.get('svname') ?? ''
    const count = fields.reduce((sum, field) => sum + Number(row.get(field)), 0)
    if (row.get('type') === '2' && count > 0) counts.set(server, count)
  }
  return counts
}
