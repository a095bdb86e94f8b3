// Fetch §5.3 and Streams §4.2: the body as a stream, read in part, twice, or not to its end.
import { readers } from './bodies.ts'
import { framed, type Parts } from './parts.ts'
import { attempt, type Probe } from './probe.ts'

type Body = ReadableStream<Uint8Array<ArrayBuffer>>
type Use = (body: Body) => unknown

const decoder = new TextDecoder()

async function all(stream: Body): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += decoder.decode(chunk)
  return text
}

async function first(body: Body): Promise<string> {
  const reader = body.getReader()
  const { value } = await reader.read()
  reader.releaseLock()
  return value instanceof Uint8Array ? 'some bytes' : String(value)
}

/** Uses of a stream that leave it in some state. */
const uses: Readonly<Record<string, Use>> = {
  nothing: () => undefined,
  'getReader()': (body) => typeof body.getReader(),
  'getReader() and releaseLock()': (body) => {
    body.getReader().releaseLock()
  },
  'the first chunk': (body) => first(body),
  'the first chunk, still locked': async (body) => (await body.getReader().read()).done,
  'all chunks': (body) => all(body),
  'cancel()': (body) => body.cancel('enough'),
  'cancel() without await': (body) => void body.cancel().catch(() => undefined),
  'cancel() of a reader': (body) => body.getReader().cancel(),
  'cancel() after the first chunk': async (body) => {
    await first(body)
    return body.cancel()
  },
  'a loop that breaks': async (body) => {
    for await (const chunk of body) return chunk instanceof Uint8Array
    return 'nothing came'
  },
  'a loop that throws': async (body) => {
    for await (const chunk of body) throw new RangeError(typeof chunk)
  },
  'a loop that keeps the rest': async (body) => {
    for await (const chunk of body.values({ preventCancel: true }))
      return chunk instanceof Uint8Array
    return 'nothing came'
  },
  'tee()': (body) => body.tee().length,
  'tee(), both read': async (body) => Promise.all(body.tee().map((branch) => all(branch))),
  'tee(), one after the other': async (body) => {
    const [left, right] = body.tee()
    return [await all(left), await all(right)]
  },
  'tee(), one cancelled': async (body) => {
    const [left, right] = body.tee()
    void left.cancel()
    return all(right)
  },
  'pipeTo()': async (body) => {
    let text = ''
    await body.pipeTo(
      new WritableStream({
        write(chunk: Uint8Array) {
          text += decoder.decode(chunk)
        },
      }),
    )
    return text
  },
  'pipeThrough()': (body) => new Response(body.pipeThrough(new TransformStream())).text(),
  'a pipe that fails': (body) =>
    body.pipeTo(
      new WritableStream({
        write() {
          throw new RangeError('full')
        },
      }),
    ),
  'new Response(body)': (body) => new Response(body).text(),
  'Array.fromAsync()': async (body) => (await Array.fromAsync(body)).length > 0,
  'a second reader': (body) => {
    body.getReader()
    body.getReader()
  },
  'a BYOB reader': async (body) => {
    const reader = body.getReader({ mode: 'byob' })
    const { value } = await reader.read(new Uint8Array(2))
    return value?.byteLength
  },
}

/** What can be seen of the request after that. */
const seen = async (request: Request) => ({
  bodyUsed: request.bodyUsed,
  locked: request.body?.locked,
  same: request.body === request.body,
  clone: await attempt(() => request.clone() instanceof Request),
})

const inPart: [string, Parts][] = framed(['a text', 'more than one packet'])

export const streaming: Probe[] = [
  ...inPart.flatMap(([content, parts]) =>
    Object.entries(uses).flatMap(([use, run]) => [
      {
        name: `${content}: ${use}`,
        parts,
        look: async ({ body }: Request) => attempt(() => body && run(body)),
      },
      {
        name: `${content}: what is left after ${use}`,
        parts,
        look: async (request: Request) => {
          await attempt(() => request.body && run(request.body))
          // A stream may be pulled once more by itself.
          await new Promise((resolve) => setTimeout(resolve, 30))
          return seen(request)
        },
      },
      ...['text()', 'arrayBuffer()', 'formData()'].map((reader) => ({
        name: `${content}: ${use}, then ${reader}`,
        parts,
        look: async (request: Request) => {
          await attempt(() => request.body && run(request.body))
          return attempt(() => readers[reader]?.(request))
        },
      })),
    ]),
  ),
  ...framed(['no content']).flatMap(([content, parts]) =>
    ['nothing', 'all chunks', 'cancel()', 'a loop that breaks'].map((use) => ({
      name: `${content}: ${use}`,
      parts,
      look: async ({ body }: Request) => attempt(() => body && uses[use]?.(body)),
    })),
  ),
]
