import { once } from 'node:events'
import type { ServerResponse } from 'node:http'

/**
 * Writes a fetch `Response` to a Node response, at the pace of the reader. When the client leaves,
 * the body's stream is cancelled.
 * @throws what the body's stream threw; then the connection is cut, so that the client can see
 * that the response is not whole
 */
export async function send(response: Response, to: ServerResponse): Promise<void> {
  if (to.headersSent || to.closed) {
    // The request was refused meanwhile, or the client has left.
    await response.body?.cancel()
    return
  }
  to.setHeaders(response.headers)
  to.writeHead(response.status, response.statusText)
  if (response.body === null || to.req.method === 'HEAD') {
    to.end()
    await response.body?.cancel()
    return
  }
  const reader = response.body.getReader()
  const left = once(to, 'close').then(() => reader.cancel())
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      if (!to.write(chunk.value)) await Promise.race([once(to, 'drain'), left])
      if (to.destroyed) return
    }
    to.end()
  } catch (cause) {
    to.destroy()
    throw cause
  }
}
