import type { IncomingMessage } from 'node:http'

/** Whether a request has a body that `readWholeBody` can read, and nobody has begun to. */
export function hasUnreadBody(incoming: IncomingMessage): boolean {
  const { method, headers, readableDidRead, destroyed } = incoming
  // A `Request` has none with these (Fetch §5.4).
  if (method === 'GET' || method === 'HEAD') return false
  // A chunked one is counted on its way and stands beside the request (body-limit.ts).
  return headers['content-length'] !== undefined && !readableDidRead && !destroyed
}

/**
 * Reads a request's body, whose announced length `bodyIsTooLarge` has limited, and gives what `convert`
 * makes of it. Rejects if the client leaves before the end.
 * @param convert must not throw
 */
export function readWholeBody<T>(
  incoming: IncomingMessage,
  convert: (bytes: Buffer<ArrayBuffer>) => T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer<ArrayBuffer>[] = []
    incoming.on('data', (chunk: Buffer<ArrayBuffer>) => chunks.push(chunk))
    incoming.on('error', reject)
    incoming.on('end', () => {
      const [first] = chunks
      resolve(convert(chunks.length === 1 && first ? first : Buffer.concat(chunks)))
    })
  })
}
