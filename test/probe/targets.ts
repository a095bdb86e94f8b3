import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Target } from '../../src/probe/transport/target.ts'

function portOf(address: ReturnType<ReturnType<typeof createTcpServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return address.port
}

/** An HTTP server until the test ends. @returns its URL */
export async function startHttp(listener: RequestListener): Promise<URL> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return new URL(`http://127.0.0.1:${portOf(server.address())}/`)
}

/** A server that does with connections what it likes, until the test ends. @returns its URL */
export async function startTcp(connected: (socket: Socket) => void): Promise<URL> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    connected(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return new URL(`http://127.0.0.1:${portOf(server.address())}/`)
}

/** A URL where nothing listens any more. */
export async function closedUrl(): Promise<URL> {
  const server = createTcpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(`http://127.0.0.1:${portOf(server.address())}/`)
  server.close()
  await once(server, 'close')
  return url
}

/** A target with nothing special about it. */
export function targetOf(url: URL, special: Partial<Target> = {}): Target {
  return {
    url,
    paths: [url.pathname + url.search],
    method: 'GET',
    headers: [],
    insecure: false,
    timeout: 30_000,
    ...special,
  }
}
