import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nginxModules } from '../programs.ts'
import { type Program, runBalancer, type Running } from '../run-balancer.ts'

/** What differs between the configurations. */
export interface Nginx {
  /** Balances requests, or connections as a ClusterIP does. */
  kind?: 'http' | 'stream'
  workers?: number
  /** The directive that chooses among the servers; round robin without one. */
  method?: string
  /** What stands behind each server: `weight=3`. */
  parameters?: string[]
  /** Idle connections that a worker keeps to the servers. */
  keepalive?: number
  /** The upstream that is asked, or a variable that names it. */
  pool?: string
  /** Further directives of the `http` block, and of the `location`. */
  http?: string | ((servers: readonly string[]) => string)
  location?: string
}

const program: Program = {
  command: 'nginx',
  args: (directory) => ['-p', directory, '-c', 'nginx.conf', '-e', 'stderr'],
  configurationFile: 'nginx.conf',
  // Written when it listens.
  isReady: (directory) => Promise.resolve(existsSync(join(directory, 'nginx.pid'))),
}

function upstream(
  { method = '', parameters = [], keepalive = 64 }: Nginx,
  servers: readonly string[],
) {
  const list = servers.map((server, index) => `server ${server} ${parameters[index] ?? ''};`)
  return `zone replicas 64k; ${method} ${list.join(' ')} ${keepalive > 0 ? `keepalive ${keepalive};` : ''}`
}

function http(nginx: Nginx, servers: readonly string[], port: number): string {
  const { http: more = '', location = '', pool = 'replicas' } = nginx
  return `
    http {
      log_format attempts '$status|$upstream_addr|$upstream_header_time';
      access_log access.log attempts;
      ${typeof more === 'string' ? more : more(servers)}
      upstream replicas { ${upstream(nginx, servers)} }
      server {
        listen 127.0.0.1:${port} reuseport;
        # For ip_hash: a probe can come from another place.
        set_real_ip_from 127.0.0.1;
        real_ip_header X-Forwarded-For;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        location / {
          proxy_pass http://${pool};
          ${location}
        }
      }
    }`
}

function stream(nginx: Nginx, servers: readonly string[], port: number): string {
  return `
    stream {
      log_format attempts '$status|$upstream_addr|$upstream_connect_time';
      access_log access.log attempts;
      upstream replicas { ${upstream({ ...nginx, keepalive: 0 }, servers)} }
      server { listen 127.0.0.1:${port}; proxy_pass replicas; }
    }`
}

/**
 * Runs nginx with that configuration until the test ends.
 *
 * @param servers where they are, as nginx writes it
 */
export function startNginx(servers: readonly string[], nginx: Nginx = {}): Promise<Running> {
  const { kind = 'http', workers = 1 } = nginx
  return runBalancer(
    program,
    (port) => `
    load_module ${nginxModules()}/ngx_stream_module.so;
    daemon off;
    # Of the workers, so that they may write into the directory; where the tests are not root, nothing.
    user root;
    worker_processes ${workers};
    pid nginx.pid;
    events { worker_connections 1024; }
    ${(kind === 'http' ? http : stream)(nginx, servers, port)}`,
  )
}

/**
 * What each server did, by nginx's access log: the answers that came from it in the last attempt,
 * or the connections. Ends nginx, which writes what it has not yet written.
 */
export async function countsOfNginx(running: Running): Promise<Map<string, number>> {
  await running.stop('SIGQUIT')
  const counts = new Map<string, number>()
  const log = await readFile(join(running.directory, 'access.log'), 'utf8')
  for (const line of log.trim().split('\n')) {
    const [status, addresses = '', times = ''] = line.split('|')
    const address = addresses.split(/, | : /).at(-1) ?? ''
    // `-` where nothing came from it: then the answer is nginx's own.
    const answered = times.split(/, | : /).at(-1) !== '-'
    const aborted = status === '499'
    if (answered && !aborted) counts.set(address, (counts.get(address) ?? 0) + 1)
  }
  return counts
}
