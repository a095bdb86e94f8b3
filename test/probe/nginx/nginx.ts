import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { nginxModules } from './programs.ts'

/** What differs between the configurations. */
export interface Balancer {
  /** Servers as nginx writes them: `127.0.0.1:8000 weight=3`. */
  servers: string[]
  /** The directive that chooses among them; round robin without one. */
  method?: string
  workers?: number
  /** Balances requests, or connections as a ClusterIP does. */
  kind?: 'http' | 'stream'
}

/** A port that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

function configuration(balancer: Balancer, port: number): string {
  const { servers, method = '', workers = 1, kind = 'http' } = balancer
  const upstream = `zone replicas 64k; ${method} ${servers.map((server) => `server ${server};`).join(' ')}`
  const http = `
    http {
      access_log off;
      upstream replicas { ${upstream} keepalive 64; }
      server {
        listen 127.0.0.1:${port} reuseport;
        # For ip_hash: a probe can come from another place.
        set_real_ip_from 127.0.0.1;
        real_ip_header X-Forwarded-For;
        location / {
          proxy_pass http://replicas;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
        }
      }
    }`
  const stream = `
    stream {
      upstream replicas { ${upstream} }
      server { listen 127.0.0.1:${port}; proxy_pass replicas; }
    }`
  return `
    load_module ${nginxModules()}/ngx_stream_module.so;
    daemon off;
    worker_processes ${workers};
    pid nginx.pid;
    events { worker_connections 1024; }
    ${kind === 'http' ? http : stream}`
}

async function accepts(port: number): Promise<void> {
  for (;;) {
    const socket = connect({ port, host: '127.0.0.1' })
    try {
      await once(socket, 'connect')
      return
    } catch {
      await sleep(20)
    } finally {
      socket.destroy()
    }
  }
}

/** Runs nginx with that configuration until the test ends. @returns its URL */
export async function startNginx(balancer: Balancer): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'nginx-'))
  const port = await freePort()
  await writeFile(join(directory, 'nginx.conf'), configuration(balancer, port))
  const child = spawn('nginx', ['-p', directory, '-c', 'nginx.conf', '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
    await rm(directory, { recursive: true })
  })
  const ended = once(child, 'exit').then(() => {
    throw new Error(`nginx ended: ${complaints}`)
  })
  await Promise.race([accepts(port), ended])
  ended.catch(() => undefined)
  return `http://127.0.0.1:${port}`
}
