// Fetch §5.3: each way to read a body, and what is left of it then.
import { fieldsSeen, framed, type Parts } from './parts.ts'
import { attempt, type Probe } from './probe.ts'

type Read = (request: Request) => unknown

/** Each method of Body, with what it gives as something that can be compared. */
export const readers: Readonly<Record<string, Read>> = {
  'text()': (r) => r.text(),
  'json()': (r) => r.json(),
  'arrayBuffer()': (r) => r.arrayBuffer(),
  'bytes()': (r) => r.bytes(),
  'blob()': async (r) => described(await r.blob()),
  'formData()': async (r) =>
    Promise.all(
      [...(await r.formData())].map(async ([name, value]) => [name, await described(value)]),
    ),
}

async function described(value: string | Blob) {
  if (typeof value === 'string') return value
  const { type, size } = value
  const name = value instanceof File ? value.name : undefined
  return { type, size, name, isBlob: value instanceof Blob, bytes: await value.bytes() }
}

/** What somebody may have done before, none of which reads the body. */
const before: Readonly<Record<string, (request: Request) => unknown>> = {
  '': () => undefined,
  ' after a look at body': (r) => r.body,
  ' after a look at all members': (r) => [
    r.headers.get('x'),
    r.signal.aborted,
    r.cache,
    r.bodyUsed,
  ],
  ' after clone()': (r) => r.clone(),
  ' in a later turn': () => new Promise((resolve) => setTimeout(resolve, 20)),
}

const methods: [string, Parts][] = [
  ['GET', {}],
  ['HEAD', { method: 'HEAD' }],
  ['DELETE without content', { method: 'DELETE' }],
  ['POST without content', { method: 'POST' }],
]

/** What is left after a body was read. */
const afterwards: Readonly<Record<string, Read>> = {
  ...Object.fromEntries(Object.entries(readers).map(([name, read]) => [`then ${name}`, read])),
  'then clone()': (r) => r.clone() instanceof Request,
  'then new Request(request)': (r) => new Request(r) instanceof Request,
  'then bodyUsed': (r) => r.bodyUsed,
  'then body': (r) => [r.body === null, r.body?.locked],
  'then body.getReader().read()': async (r) => (await r.body?.getReader().read())?.done,
  'then body.cancel()': (r) => r.body?.cancel(),
  'then url, method and headers': (r) => [r.url, r.method, fieldsSeen(r.headers)],
}

const used: [string, Read][] = [
  ...Object.entries(readers),
  // They give their promise at once, and have used the body from then on.
  ['text() without await', (r) => void r.text().catch(() => undefined)],
  ['arrayBuffer() of a clone', (r) => r.clone().arrayBuffer()],
]

/** These in all the states that a request may be in when its body is read. */
const inEachState = ['a text', 'a form', 'a form with files']

/** Whether a BOM in a chunk of its own is taken off depends, on Deno, on when the next one comes. */
const uncertain = 'a text with a byte order mark, in chunks'

export const reading: Probe[] = [
  ...framed()
    .filter(([content]) => content !== uncertain)
    .flatMap(([content, parts]) =>
      Object.entries(readers).flatMap(([reader, read]) =>
        Object.entries(before)
          .filter(
            ([when]) => when === '' || inEachState.includes(content.replace(', in chunks', '')),
          )
          .map(([when, prepare]) => ({
            name: `${content}: ${reader}${when}`,
            parts,
            look: async (request: Request) => {
              await prepare(request)
              return attempt(() => read(request))
            },
          })),
      ),
    ),
  ...methods.flatMap(([of, parts]) =>
    Object.entries(readers).map(([reader, read]) => ({
      name: `${of}: ${reader}`,
      parts,
      look: async (request: Request) => [await attempt(() => read(request)), request.bodyUsed],
    })),
  ),
]

export const rereading: Probe[] = framed(['a text', 'a form']).flatMap(([content, parts]) =>
  used.flatMap(([first, read]) =>
    Object.entries(afterwards).map(([then, again]) => ({
      name: `${content}: ${first}, ${then}`,
      parts,
      look: async (request: Request) => [
        await attempt(() => read(request)),
        await attempt(() => again(request)),
      ],
    })),
  ),
)
