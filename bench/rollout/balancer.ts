import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** An nginx that balances like ingress-nginx, but passes on every failure. */
export interface Balancer {
  readonly url: string
  /** Balances among these servers from now on. */
  balance(servers: readonly string[]): Promise<void>
  stop(): Promise<void>
}

/**
 * Kept connections to the replicas, as ingress-nginx has them, which makes a rollout hard: they are
 * in use when their replica is told to end. No failed request is tried on another replica, and no
 * replica that failed is avoided, so that every failure reaches the client.
 */
function configuration(port: number, servers: readonly string[]): string {
  return `
daemon off;
pid nginx.pid;
error_log stderr crit;
worker_processes 1;
events { worker_connections 4096; }
http {
  access_log off;
  upstream replicas {
    ${servers.map((server) => `server ${server} max_fails=0;`).join(' ')}
    keepalive 320;
    keepalive_timeout 60s;
    keepalive_requests 10000;
  }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / {
      proxy_pass http://replicas;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_next_upstream off;
    }
  }
}
`
}

/** Starts nginx. @throws Error if it is not installed */
export async function startBalancer(servers: readonly string[]): Promise<Balancer> {
  const directory = await mkdtemp(join(tmpdir(), 'rollout-'))
  const port = await freePort()
  const configure = (among: readonly string[]) =>
    writeFile(join(directory, 'nginx.conf'), configuration(port, among))
  await configure(servers)
  const nginx = spawn('nginx', ['-p', directory, '-c', 'nginx.conf', '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  nginx.stderr.pipe(process.stderr)
  const ended = once(nginx, 'exit')
  const url = `http://127.0.0.1:${port}/`
  await answers(url, ended)
  return {
    url,
    async balance(among) {
      await configure(among)
      nginx.kill('SIGHUP')
    },
    async stop() {
      nginx.kill('SIGTERM')
      await ended
      await rm(directory, { recursive: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server')
  return address.port
}

/** Waits until the URL answers. @throws Error if what serves it ends, or cannot be run */
async function answers(url: string, ended: Promise<unknown>): Promise<void> {
  const died = ended.then(
    () => 'nginx ended',
    () => 'nginx was not found: install it (Debian: apt-get install nginx-light)',
  )
  for (;;) {
    if (await fetch(url).catch(() => undefined)) return
    const why = await Promise.race([died, setTimeout(50)])
    if (why !== undefined) throw new Error(why)
  }
}
