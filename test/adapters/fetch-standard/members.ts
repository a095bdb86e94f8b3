// Fetch §5.4: the members of a `Request`, besides its header fields and its body.
import { framed, type Parts } from './parts.ts'
import { attempt, memberOf, type Probe } from './probe.ts'

const get: [string, Parts] = ['GET', {}]
const requests: [string, Parts][] = [
  get,
  ['HEAD', { method: 'HEAD' }],
  ['DELETE', { method: 'DELETE' }],
  ['PUT without content', { method: 'PUT' }],
  ['PROPFIND', { method: 'PROPFIND' }],
  ['a query', { rest: '?a=1&a=%20&b' }],
  ['an empty query', { rest: '?' }],
  ['dot segments', { rest: '/x/../y/./%2e%2e/z' }],
  ['a broken percent-encoding', { rest: '/%/%zz?%' }],
  ['characters that a URL encodes', { rest: '/"<>`{}|^?"<>\'{}|^' }],
  ['two slashes', { rest: '//x//' }],
  ['a backslash', { rest: '/a\\b' }],
  ['a semicolon and an asterisk', { rest: '/*;a=1' }],
  ...framed(['a text']),
]

const attributes = [
  ...['method', 'url', 'destination', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache'],
  ...['redirect', 'integrity', 'keepalive', 'duplex', 'isHistoryNavigation', 'isReloadNavigation'],
] as const

const methods = [...['clone', 'text', 'json', 'arrayBuffer', 'bytes', 'blob', 'formData']] as const

const looks: Readonly<Record<string, Probe['look']>> = {
  ...Object.fromEntries(
    attributes.map((name): [string, Probe['look']] => [name, (r) => memberOf(r, name)]),
  ),
  ...Object.fromEntries(
    methods.map((name): [string, Probe['look']] => [
      `${name} is a function, the same each time`,
      (r) => [typeof memberOf(r, name), memberOf(r, name) === memberOf(r, name)],
    ]),
  ),
  'which members there are': (r) =>
    [...attributes, ...methods, 'headers', 'signal', 'body', 'bodyUsed', 'then', 'toString']
      .map((name) => `${name}: ${name in r}`)
      .sort(),
  'what is no member': (r) => [memberOf(r, 'nonsense'), 'nonsense' in r, memberOf(r, 'then')],
  instanceof: (r) => [r instanceof Request, r instanceof Response, r instanceof Object],
  'its constructor': (r) => r.constructor === Request,
  'its prototype': (r) => Object.getPrototypeOf(r) === Request.prototype,
  'what it is called': (r) => [Object.prototype.toString.call(r), memberOf(r, Symbol.toStringTag)],
  'its own keys': (r) => [Object.keys(r), JSON.stringify(r), Object.getOwnPropertyNames(r)],
  'what for…in gives': (r) => {
    const names = []
    for (const name in r) names.push(name)
    // undici has one more, which is no member.
    return names.filter((name) => name !== 'attribute').sort()
  },
  'it can be awaited': async (r) => (await Promise.resolve(r)) === r,
  'classes of its parts': (r) => [
    r.headers instanceof Headers,
    r.signal instanceof AbortSignal,
    r.body === null || r.body instanceof ReadableStream,
  ],
  'its parts are the same each time': (r) => [
    r.headers === r.headers,
    r.signal === r.signal,
    r.body === r.body,
  ],
  'its signal': (r) => [r.signal.aborted, memberOf(r.signal, 'reason'), r.signal.onabort],
  'its signal in any()': (r) => AbortSignal.any([r.signal]).aborted,
  'whether it has a body': (r) => [r.body === null, r.bodyUsed],
  'nothing can be assigned': (r) =>
    ['method', 'url', 'headers', 'body', 'bodyUsed', 'signal'].map((name) =>
      Reflect.set(r, name, 'x'),
    ),
  'what is not there can be added': (r) => [Reflect.set(r, 'params', 1), memberOf(r, 'params')],
  structuredClone: (r) => attempt(() => structuredClone(r)),
}

export const members: Probe[] = [
  ...requests.map(([of, parts]) => ({
    name: `${of}: method, URL and whether there is a body`,
    parts,
    look: ({ method, url, body }: Request) => [method, url, body === null],
  })),
  ...[get, ...framed(['a text'])].flatMap(([of, parts]) =>
    Object.entries(looks).map(([name, look]) => ({ name: `${of}: ${name}`, parts, look })),
  ),
]
