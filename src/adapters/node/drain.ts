import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DrainReport } from '../server.ts'
import type { Connections } from './connections.ts'

/**
 * Lets a server end without losing a request. Node's own `server.close()` cannot: it cuts idle
 * connections at once, on which a proxy may be sending, and leaves busy ones open for more.
 * @param delay seconds to go on accepting, while balancers learn that this replica goes away
 * @param timeout seconds to wait, after that, for what is in flight
 * @returns the number of connections that were cut with a response in flight
 */
export async function drain(
  server: Server,
  connections: Connections,
  delay: number,
  timeout: number,
): Promise<DrainReport['cut']> {
  connections.closeAfterResponse()
  await sleep(delay * 1000)

  const closed = new Promise<void>((resolve) =>
    server.close(() => {
      resolve()
    }),
  )
  connections.closeIdle()

  const giveUp = new AbortController()
  await Promise.race([
    closed.finally(() => {
      giveUp.abort()
    }),
    sleep(timeout * 1000, undefined, { signal: giveUp.signal }).catch(() => undefined),
  ])
  return connections.cut()
}
