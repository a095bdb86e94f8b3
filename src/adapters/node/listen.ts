import { once } from 'node:events'
import type { Server } from 'node:http'
import type { ServeOptions } from '../server/contract.ts'
import { explainListenError } from '../process/start-error.ts'
import { urlOf } from '../server/url.ts'

/**
 * As many connections wait to be accepted as the kernel allows. Of a burst beyond Node's own 511 it
 * would drop the rest, which try again after a second.
 */
const backlog = 65_535

/**
 * Starts to listen.
 * @returns the URL of the server on this machine
 * @throws StartError that names the port and says what to do
 */
export async function listen(server: Server, options: ServeOptions): Promise<string> {
  await explainListenError(options, () => {
    const event = once(server, 'listening')
    server.listen(options.port, options.host, backlog)
    return event
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server')
  return urlOf(address.address, address.port)
}
