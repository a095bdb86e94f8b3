import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Registry } from 'prom-client'
import { UsageError } from '../exit-codes.ts'
import { codeOf, messageOf } from '../failure.ts'

/** Serves `GET /metrics`, and nothing else, to whoever reaches the port. @throws UsageError */
export async function serveMetrics(registry: Registry, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume()
    const plain = { 'Content-Type': 'text/plain; charset=utf-8' }
    if (request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404, plain).end('There is only /metrics here.\n')
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...plain, Allow: 'GET, HEAD' }).end('Only GET and HEAD.\n')
    } else {
      void registry.metrics().then((text) => {
        const length = Buffer.byteLength(text)
        response.writeHead(200, { 'Content-Type': registry.contentType, 'Content-Length': length })
        response.end(request.method === 'HEAD' ? undefined : text)
      })
    }
  })
  try {
    await once(server.listen(port), 'listening')
  } catch (cause) {
    throw new UsageError(whyNot(cause, port))
  }
  return server
}

function whyNot(cause: unknown, port: number): string {
  if (codeOf(cause) === 'EADDRINUSE')
    return `Port ${port} is taken, so the metrics cannot be served there: end what listens on it, or choose another with --metrics-port.`
  return `The metrics cannot be served on port ${port}: ${messageOf(cause)}. Choose another with --metrics-port.`
}
