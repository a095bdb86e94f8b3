import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'

/** Why a body that broke off cannot be read: the same name of error as `request.signal` gives. */
const brokenOff = () =>
  new DOMException('The client left before the end of its request.', 'AbortError')

/** Whether the message has content that a `Request` may have (Fetch §5.4, RFC 9112 §6.3). */
export function hasBody({ method, headers }: IncomingMessage): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  return Number(headers['content-length']) > 0 || headers['transfer-encoding'] !== undefined
}

/**
 * Reads a body that nobody has begun to read; gives what `convert` makes of it. Rejects if the body
 * breaks off, or has done so before.
 */
export function readWhole<T>(
  source: Readable,
  convert: (bytes: Buffer<ArrayBuffer>) => T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer<ArrayBuffer>[] = []
    const fail = () => {
      reject(source.errored ?? brokenOff())
    }
    if (source.destroyed) fail()
    source.on('data', (chunk: Buffer<ArrayBuffer>) => chunks.push(chunk))
    source.on('error', reject)
    source.on('close', () => {
      // To make an error of each body that was read would take longer than to read it.
      if (!source.readableEnded) fail()
    })
    source.on('end', () => {
      const [first] = chunks
      try {
        resolve(convert(chunks.length === 1 && first ? first : Buffer.concat(chunks)))
      } catch (cause) {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on
        reject(cause)
      }
    })
  })
}

/**
 * The body as the stream of a `Request`. To cancel it discards the rest, so that the connection can take
 * its next request; so does the end of the response.
 */
export function streamBody(
  source: Readable,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let state: 'paused' | 'flowing' | 'over' = 'paused'
  let pulled: (() => void) | undefined

  const start = (controller: ReadableByteStreamController) => {
    const settle = () => {
      pulled?.()
      pulled = undefined
    }
    const fail = (cause: unknown) => {
      if (state === 'over') return
      state = 'over'
      controller.error(cause)
      settle()
    }
    if (source.destroyed) {
      fail(source.errored ?? brokenOff())
      return
    }
    source.pause()
    source.on('data', (chunk: Buffer) => {
      if (state === 'over') return
      if (state === 'paused') source.pause()
      // A copy, because the stream takes the memory, which several chunks of Node's share.
      controller.enqueue(Uint8Array.from(chunk))
      settle()
    })
    source.on('end', () => {
      if (state === 'over') return
      state = 'over'
      controller.close()
      controller.byobRequest?.respond(0)
      settle()
    })
    source.on('error', fail)
    source.on('close', () => {
      if (state !== 'over') fail(brokenOff())
    })
    outgoing.once('finish', () => {
      // What has arrived as a whole is kept for late readers; there is little more than that.
      if (incoming.complete) state = state === 'over' ? 'over' : 'flowing'
      else fail(new DOMException('The response has ended before its request.', 'AbortError'))
      source.resume()
    })
  }

  return new ReadableStream({
    type: 'bytes',
    start,
    pull() {
      source.resume()
      return new Promise<void>((resolve) => (pulled = resolve))
    },
    cancel() {
      state = 'over'
      source.resume()
    },
  })
}
