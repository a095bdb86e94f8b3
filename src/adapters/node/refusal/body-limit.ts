import type { IncomingMessage, ServerResponse } from 'node:http'
import { Transform } from 'node:stream'

/** Whether the announced length of a request's body is above the limit. */
export function bodyIsTooLarge({ headers }: IncomingMessage, limit: number): boolean {
  const length = headers['content-length']
  return length !== undefined && Number(length) > limit
}

/**
 * Counts a chunked body, which does not announce its size, while it comes in.
 * @returns what the handler is to read; above the limit reading it fails
 */
export function limitChunkedBody(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
  onTooLarge: () => void,
): Transform {
  let bytes = 0
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength
      if (bytes <= limit) done(null, chunk)
      else {
        onTooLarge()
        done(new RangeError(`The request's body has more than ${limit} bytes.`))
      }
    },
  })
  // Without a listener an error that nobody reads would end the process.
  limited.on('error', () => undefined)
  request.once('error', (cause) => limited.destroy(cause))
  // What the handler left unread must not stand before the next request on the connection.
  response.once('finish', () => limited.resume())
  return request.pipe(limited)
}
