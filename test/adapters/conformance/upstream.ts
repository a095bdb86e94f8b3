import { once } from 'node:events'
import { createServer } from 'node:http'

/** What is asked: an upstream that is well, and two that are not. */
export const upstreamPaths = ['fine', 'silent', 'broken']

export interface Upstream {
  /** With a slash at its end. */
  readonly url: string
  stop(): void
}

/** Starts a server for replicas to ask. */
export async function startUpstream(): Promise<Upstream> {
  const server = createServer((request, response) => {
    if (request.url === '/silent') return
    if (request.url === '/broken') response.writeHead(200, { 'content-length': 10 }).end('half')
    else response.setHeader('served-by', '"upstream"').end(JSON.stringify(request.headers))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}
