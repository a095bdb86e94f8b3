import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { checkedLength, type Head, type WriteHead } from './head.ts'

type Reader = ReadableStreamDefaultReader<Uint8Array>
type Read = ReturnType<Reader['read']>

/**
 * Writes a response whose body is a stream, chunk by chunk; when the client leaves, the stream is
 * cancelled. A body that is there at once, as that of a string is, goes out as a whole.
 * @param declaredLength the Content-Length that the handler gave: a body that is shorter or longer
 * fails
 */
export async function streamTo(
  to: ServerResponse,
  { response, body }: { response: Response; body: ReadableStream<Uint8Array> },
  head: Head,
  declaredLength: string | undefined,
  writeHead: WriteHead,
): Promise<void> {
  if (declaredLength !== undefined) {
    head.fields.push('content-length', checkedLength(declaredLength))
    to.strictContentLength = true
  }
  const reader = body.getReader()
  const hasLeft = () => to.destroyed
  const closed = once(to, 'close')
    .then(() => cancel(response, reader))
    .catch(ignore)
  try {
    const { chunks, next } = await readAhead(reader)
    if (hasLeft()) return
    if (!next && declaredLength === undefined) {
      const whole = Buffer.concat(chunks)
      head.fields.push('content-length', `${whole.byteLength}`)
      writeHead(to, head)
      to.end(whole)
      return
    }
    writeHead(to, head)
    // The first chunk may be long in coming.
    if (chunks.length === 0) to.flushHeaders()
    for (const chunk of chunks) to.write(chunk)
    for (let read = next; read; read = readNext(reader)) {
      const { done, value } = await read
      if (hasLeft()) return
      if (done) break
      if (!to.write(checked(value))) await Promise.race([once(to, 'drain'), closed])
    }
    to.end()
  } catch (cause) {
    // Otherwise nobody is left to be told of it.
    if (hasLeft()) return
    void cancel(response, reader)
    throw cause
  }
}

/**
 * Reads what is there without waiting for anything but promises: the body of a string is over then. At
 * most two chunks, because a stream may have ever more of them.
 * @returns `next` is the read that goes on, unless the body is over
 */
async function readAhead(reader: Reader): Promise<{ chunks: Uint8Array[]; next?: Read }> {
  const turn = new Promise<undefined>((resolve) => {
    setImmediate(() => {
      resolve(undefined)
    })
  })
  const chunks: Uint8Array[] = []
  let next = readNext(reader)
  for (;;) {
    const chunk = await Promise.race([next, turn])
    if (!chunk) return { chunks, next }
    if (chunk.done) return { chunks }
    chunks.push(checked(chunk.value))
    next = readNext(reader)
    if (chunks.length > 1) return { chunks, next }
  }
}

/** A read whose failure is for whoever awaits it, and no unhandled one if nobody does. */
function readNext(reader: Reader): Read {
  const read = reader.read()
  read.catch(ignore)
  return read
}

/** @throws TypeError for what a body may not hold (Fetch §4.1) */
function checked(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk
  throw new TypeError('The body of the response has a chunk that is no Uint8Array.')
}

/** Cancels the body of a response that nobody is going to read; whatever comes of it. */
export async function cancel(
  response: Response,
  body: Reader | ReadableStream | null = response.body,
): Promise<void> {
  // Node 26.10 throws past every promise when the body of a FormData is cancelled. To leave it is safe.
  const type = response.headers.get('content-type')
  if (type?.startsWith('multipart/form-data; boundary=----formdata-undici-')) return
  await body?.cancel().catch(ignore)
}

function ignore(): void {
  // The stream has failed itself, or fails now that nobody wants it.
}
