// Fetch §5.5: what a class of responses gives, whichever that is.
import { attempt, memberOf } from './probe.ts'
import { bodies, bytes, form, headers, inits } from './response-parts.ts'

/** A look at a class that is `Response` or stands for it; gives what can be compared. */
export interface ResponseProbe {
  readonly name: string
  readonly look: (Kind: typeof Response) => unknown
}

const construct: (Kind: typeof Response, args: unknown[]) => Response = Reflect.construct

/** Makes a response of whatever arguments, as a program without types may. */
function make(Kind: typeof Response, ...args: unknown[]): Response {
  return construct(Kind, args)
}

/** Calls a method by its name, with whatever arguments, on whatever object. */
function call(of: object, name: string, on: object, ...args: unknown[]): unknown {
  const method = memberOf(of, name)
  if (typeof method !== 'function') throw new Error(`There is no ${name}().`)
  return Reflect.apply(method, on, args)
}

const factsOf = (r: unknown) => (r instanceof Response ? facts(r) : r)

/** A response whole: every member that can be compared, and what it holds. */
const facts = async (r: Response) => [
  [r.status, r.statusText, r.ok, r.type, r.url, r.redirected],
  [...r.headers],
  [r.body === null, r.bodyUsed],
  await attempt(() => r.text()),
  r.bodyUsed,
]

const readers: Readonly<Record<string, (r: Response) => unknown>> = {
  'text()': (r) => r.text(),
  'json()': (r) => r.json(),
  'arrayBuffer()': (r) => r.arrayBuffer(),
  'bytes()': (r) => r.bytes(),
  'blob()': async (r) => {
    const blob = await r.blob()
    return [blob.type, blob.size, await blob.text()]
  },
  'formData()': async (r) => [...(await r.formData())],
  'body.getReader()': async (r) => {
    const chunks: Uint8Array[] = []
    if (r.body) for await (const chunk of r.body) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  },
  'body.cancel()': (r) => r.body?.cancel(),
  'body.tee()': async (r) => (await r.body?.tee()[0].getReader().read())?.done,
  'clone()': async (r) => {
    const clone = r.clone()
    clone.headers.set('x-of-the-clone', '1')
    return [await clone.text(), await r.text(), [...r.headers], clone instanceof Response]
  },
}

/** What a body that was used allows. */
const afterwards: Readonly<Record<string, (r: Response) => unknown>> = {
  ...readers,
  bodyUsed: (r) => [r.bodyUsed, r.body === null, r.body?.locked],
  'all but the body': (r) => [r.status, r.ok, r.type, [...r.headers]],
}

const typed = { headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-a': '1' } }

const members: Readonly<Record<string, (r: Response, Kind: typeof Response) => unknown>> = {
  instanceof: (r, Kind) => [r instanceof Response, r instanceof Kind],
  'constructor, by its name': (r) => r.constructor === Response,
  'its tag': (r) => [Object.prototype.toString.call(r), memberOf(r, Symbol.toStringTag)],
  'its own keys': (r) => [Object.keys(r), Reflect.ownKeys(r).length, JSON.stringify(r)],
  'what for-in finds': (r) => {
    const names: string[] = []
    for (const name in r) names.push(name)
    return names.sort()
  },
  'as a copy of its own fields': (r): unknown => Object.assign({}, r),
  'what is no member': (r) => [memberOf(r, 'then'), 'x' in r, memberOf(r, 'method')],
  'body and headers are the same each time': (r) => [r.body === r.body, r.headers === r.headers],
  'its headers are of the class': (r) => r.headers instanceof Headers,
  'its body is of the class': (r) => r.body instanceof ReadableStream,
  'its members cannot be set': async (r) =>
    Promise.all(
      [
        'status',
        'ok',
        'statusText',
        'type',
        'url',
        'redirected',
        'headers',
        'body',
        'bodyUsed',
      ].map((name) => attempt(() => Reflect.set(r, name, 5))),
    ),
  'a change of its headers shows': (r) => {
    r.headers.set('x-b', '2')
    r.headers.delete('x-a')
    return [[...r.headers], [...r.clone().headers]]
  },
  'as init of another': (r) => facts(new Response(r.body, r)),
  'as init of another of its class': (r, Kind) => facts(new Kind(r.body, r)),
  'its headers as those of another': (r, Kind) => facts(new Kind('x', { headers: r.headers })),
  'bytes() is of its own': async (r) => (await r.bytes()).buffer instanceof ArrayBuffer,
}

const callable = ['text', 'json', 'arrayBuffer', 'bytes', 'blob', 'formData', 'clone'] as const

const statics: Readonly<Record<string, (Kind: typeof Response) => unknown>> = {
  'error()': async (Kind) => facts(Kind.error()),
  'error() has headers that cannot be changed': (Kind) => {
    Kind.error().headers.set('x-a', '1')
  },
  'called without new': (Kind) => {
    const made: unknown = Reflect.apply(Kind, undefined, [])
    return made
  },
  'its name and length': (Kind) => [Kind.length, typeof Kind],
  'the names of its statics': (Kind) => ['error', 'json', 'redirect'].filter((n) => n in Kind),
  'a subclass': (Kind) => {
    class Special extends Kind {
      override get status() {
        return 299
      }
    }
    const special = new Special('x')
    return [special instanceof Special, special instanceof Response, special.status]
  },
}
const data: Readonly<Record<string, unknown>> = {
  'an object': { a: [1, null] },
  null: null,
  undefined: undefined,
  'a function': () => 1,
  'a symbol': Symbol('x'),
  'a BigInt': 5n,
  text: 'é',
}

export const responses: ResponseProbe[] = [
  ...Object.entries(bodies).map(([name, body]) => ({
    name: `new of ${name}`,
    look: (Kind: typeof Response) => facts(make(Kind, body())),
  })),
  ...Object.entries(inits).flatMap(([name, init]) =>
    [null, 'hello', bytes('hello')].map((body) => ({
      name: `new of ${body === null ? 'null' : typeof body} with ${name}`,
      look: (Kind: typeof Response) => facts(make(Kind, body, init())),
    })),
  ),
  ...Object.entries(headers).flatMap(([name, fields]) =>
    [null, 'hello'].map((body) => ({
      name: `new of ${body ?? 'null'} with headers: ${name}`,
      look: (Kind: typeof Response) => facts(make(Kind, body, { headers: fields() })),
    })),
  ),
  ...Object.entries(bodies).flatMap(([name, body]) =>
    Object.entries(readers).map(([reader, read]) => ({
      name: `${reader} of ${name}`,
      look: (Kind: typeof Response) => read(make(Kind, body(), typed)),
    })),
  ),
  ...[null, 'a=1'].flatMap((body) =>
    Object.entries(readers).flatMap(([first, read]) =>
      Object.entries(afterwards).map(([then, again]) => ({
        name: `${first}, then ${then} of ${body ?? 'null'}`,
        look: async (Kind: typeof Response) => {
          const response = make(Kind, body, typed)
          return [await attempt(() => read(response)), await attempt(() => again(response))]
        },
      })),
    ),
  ),
  ...[null, 'hello'].flatMap((body) =>
    Object.entries(members).map(([name, look]) => ({
      name: `${name} of ${body ?? 'null'}`,
      look: (Kind: typeof Response) => look(make(Kind, body, typed), Kind),
    })),
  ),
  ...callable.map((name) => ({
    name: `${name}() on another object`,
    look: (Kind: typeof Response): unknown => call(new Kind('x'), name, {}),
  })),
  ...Object.entries(statics).map(([name, look]) => ({ name, look })),
  ...Object.entries(data).flatMap(([name, value]) =>
    [[], [{ status: 201, headers: { 'x-a': '1', 'content-type': 'x/y' } }], [{ status: 204 }]].map(
      (init) => ({
        name: `json() of ${name} with ${JSON.stringify(init)}`,
        look: (Kind: typeof Response) => factsOf(call(Kind, 'json', Kind, value, ...init)),
      }),
    ),
  ),
  ...['http://h/a', '/relative', 'http://[', 'http://h/é'].flatMap((url) =>
    [[], [307], [200], ['302'], [null]].map((status) => ({
      name: `redirect() to ${url} with ${JSON.stringify(status)}`,
      look: (Kind: typeof Response) => factsOf(call(Kind, 'redirect', Kind, url, ...status)),
    })),
  ),
  {
    name: 'a record that is changed afterwards',
    look: (Kind) => {
      const fields = { 'x-a': 'before' }
      const init = { status: 201, headers: fields }
      const response = new Kind('x', init)
      fields['x-a'] = 'after'
      init.status = 500
      return facts(response)
    },
  },
  {
    name: 'bytes that are changed afterwards',
    look: (Kind) => {
      const body = bytes('before')
      const response = new Kind(body)
      body.fill(120)
      return response.text()
    },
  },
  { name: 'a form of its own', look: async (Kind) => [...(await new Kind(form()).formData())] },
]
