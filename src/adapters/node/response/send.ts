import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { HeadWriter } from './head.ts'
import { plainResponse, type PlainResponse } from './node-response.ts'

/** Writes a whole response, whose head is set. */
export type Write = (to: ServerResponse, plain: PlainResponse) => void

/**
 * Writes a fetch `Response` to a Node response: whole where it can, otherwise at the pace of the
 * reader; when the client leaves then, the body's stream is cancelled.
 * @param write for a response that is there as a whole
 * @returns nothing if it is as good as written; otherwise it rejects with what the body's stream
 * threw, and the connection is cut, so that the client can see that the response is not whole
 */
export function send(
  response: Response,
  to: ServerResponse,
  head: HeadWriter,
  write: Write,
): Promise<void> | undefined {
  if (to.headersSent || to.closed) {
    // The request was refused meanwhile, or the client has left.
    return response.body?.cancel()
  }
  const plain = plainResponse(response)
  if (plain) {
    head.write(plain, to)
    write(to, plain)
    return undefined
  }
  to.setHeaders(response.headers)
  head.setKeepAlive(to)
  to.statusCode = response.status
  // Node puts in the registered reason phrase where the `Response` leaves it empty.
  to.statusMessage = response.statusText
  if (response.body !== null && to.req.method !== 'HEAD') return pump(response.body, to)
  to.end()
  return response.body?.cancel()
}

/** Writes it at once. */
export const writeWhole: Write = (to, plain) => {
  to.end(plain.body, encodingOf(plain))
}

/** A text of as many bytes as characters is ASCII, which is the same in Latin-1 and sooner written. */
function encodingOf({ body, headers }: PlainResponse): BufferEncoding {
  return body?.length === Number(headers['content-length']) ? 'latin1' : 'utf8'
}

async function pump(body: ReadableStream<Uint8Array>, to: ServerResponse): Promise<void> {
  const reader = body.getReader()
  const closed = once(to, 'close')
    .then(() => reader.cancel())
    // The stream has failed itself, or fails now that nobody is left to be told.
    .catch(() => undefined)
  // The first chunk may be long in coming.
  to.flushHeaders()
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      if (!to.write(chunk.value)) await Promise.race([once(to, 'drain'), closed])
      if (to.destroyed) return
    }
    to.end()
  } catch (cause) {
    to.destroy()
    throw cause
  }
}
