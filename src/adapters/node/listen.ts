import { once } from 'node:events'
import type { Server } from 'node:http'
import type { ServeOptions } from '../server.ts'
import { StartError } from './start-error.ts'

/** Why a server cannot listen, by the operating system's error code, and what to do next. */
const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is already in use; stop what listens there, or set PORT to another one',
  EACCES: 'needs more rights than this process has; set PORT to 1024 or more',
  EADDRNOTAVAIL: 'cannot be had on this HOST, which is not an address of this machine',
  ENOTFOUND: 'cannot be had on this HOST, which is not an address of this machine',
}

/**
 * Starts to listen.
 * @returns the URL of the server on this machine
 * @throws StartError that names the port and says what to do
 */
export async function listen(
  server: Server,
  { host, port }: Pick<ServeOptions, 'host' | 'port'>,
): Promise<string> {
  const listening = once(server, 'listening')
  server.listen(port, host)
  try {
    await listening
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new StartError(`Port ${port} ${reasons[code] ?? `cannot be had: ${code}`}.`)
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server')
  // "Every address" is no address to connect to on every system; this one always is part of it.
  const any = address.address === '::' || address.address === '0.0.0.0'
  const reachable = any ? '127.0.0.1' : address.address
  const bracketed = reachable.includes(':') ? `[${reachable}]` : reachable
  return `http://${bracketed}:${address.port}/`
}
