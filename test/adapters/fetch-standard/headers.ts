// Fetch §5.2: the `Headers` of a request.
import type { Parts } from './parts.ts'
import { attempt, memberOf, type Probe } from './probe.ts'

const parts: Parts = {
  fields: [
    ['X-One', '1'],
    ['x-two', 'a'],
    ['X-Two', 'b'],
    ['Accept', 'text/html, */*;q=0.1'],
    ['Accept', 'x/y'],
    ['set-cookie', 'a=1; Path=/, x'],
    ['Set-Cookie', 'b=2'],
    ['x-latin', 'caf\xe9'],
    ['x-empty', ''],
    ['x-spaces', 'a  b'],
    ['constructor', 'c'],
    ['x-last', 'z'],
  ],
}

const badNames = ['', 'bad name', 'a:b', 'a\r\nb', 'caf\xe9', '\u0141', '(x)', 'a\0']
const badValues = ['a\r\nb: c', 'a\nb', 'a\0b', '\u0141', '\r\nx']
const goodValues = ['', ' a ', '\ta\t', 'caf\xe9', 'a\x7fb', 'a\x01b', '\n a \r\n']
const ways = ['get', 'has', 'delete', 'set', 'append'] as const

/** Calls a method with whatever arguments, as a program without types may. */
function call(headers: Headers, name: string, ...args: unknown[]): Promise<unknown> {
  return callOn(headers, headers, name, ...args)
}

function callOn(on: object, headers: Headers, name: string, ...args: unknown[]): Promise<unknown> {
  const method = memberOf(headers, name)
  if (typeof method !== 'function') return Promise.resolve(`no ${name}`)
  return attempt((): unknown => Reflect.apply(method, on, args))
}

const looks: Readonly<Record<string, Probe['look']>> = {}
const add = (name: string, look: (headers: Headers, request: Request) => unknown) => {
  if (name in looks) throw new Error(`There are two of: ${name}`)
  Object.assign(looks, { [name]: (request: Request) => look(request.headers, request) })
}

for (const name of [
  ...['x-one', 'X-ONE', 'x-two', 'accept', 'set-cookie', 'x-latin', 'x-empty', 'x-spaces', 'host'],
  ...['X-Last', 'connection', 'constructor', 'x-none', 'content-length', 'cookie'],
  // What every object has is no field.
  ...['toString', 'valueOf', 'hasOwnProperty', '__proto__', 'isPrototypeOf', '__defineGetter__'],
]) {
  add(`get('${name}')`, (h) => h.get(name))
  add(`has('${name}')`, (h) => h.has(name))
}
for (const way of ways)
  for (const name of badNames)
    add(`${way}() with the name ${JSON.stringify(name)}`, async (h) => [
      await call(h, way, name, '1'),
      [...h.keys()].sort(),
    ])
for (const way of ['set', 'append'])
  for (const value of [...badValues, ...goodValues])
    add(`${way}() with the value ${JSON.stringify(value)}`, async (h) => [
      await call(h, way, 'x-one', value),
      h.get('x-one'),
    ])
for (const way of [...ways, 'forEach']) {
  add(`${way}() without arguments`, (h) => call(h, way))
  add(`${way}() of a symbol`, (h) => call(h, way, Symbol('x'), 'x'))
  add(`${way}() of undefined and a number`, async (h) => [
    await call(h, way, undefined, 5),
    h.get('undefined'),
  ])
  add(`${way}() of null and null`, async (h) => [await call(h, way, null, null), h.get('null')])
  add(`${way}() on another object`, (h) => callOn({}, h, way, 'x', 'y'))
}
add('getSetCookie()', (h) => h.getSetCookie())
add('getSetCookie() after append()', (h) => {
  h.append('set-cookie', 'c=3')
  return h.getSetCookie()
})
add('getSetCookie() after set() and delete()', (h) => {
  h.set('set-cookie', 'c=3')
  const set = h.getSetCookie()
  h.delete('Set-Cookie')
  return [set, h.getSetCookie(), h.has('set-cookie')]
})
add('entries()', (h) => [...h.entries()])
add('keys()', (h) => [...h.keys()])
add('values()', (h) => [...h.values()])
add('spread', (h) => [...h])
add('Object.fromEntries()', (h) => Object.fromEntries(h))
add('new Map()', (h) => [...new Map(h)])
add('new Headers()', (h) => [...new Headers(h)])
add('new Headers() is another one', (h) => {
  const copy = new Headers(h)
  copy.set('x-one', '2')
  return [copy.get('x-one'), h.get('x-one')]
})
add('forEach()', (h) => {
  const seen: unknown[] = []
  h.forEach(function (this: unknown, value, name, all) {
    seen.push([name, value, all === h, this])
  }, 'this')
  return seen
})
add('an iterator sees what is added behind it', (h) => {
  const seen: string[] = []
  for (const [name] of h) {
    seen.push(name)
    if (name === 'x-one') h.set('x-zz', '1')
  }
  return seen
})
add('its iterators', (h) => [
  Object.prototype.toString.call(h.entries()),
  Object.prototype.toString.call(h.keys()),
  h[Symbol.iterator] === h.entries,
  typeof h.entries()[Symbol.iterator],
])
add('set(), append(), delete()', (h) => {
  h.set('X-One', '2')
  h.append('x-two', 'c')
  h.append('X-New', 'n')
  h.delete('x-last')
  return [h.get('x-one'), h.get('x-two'), h.get('x-new'), h.has('x-last'), [...h.keys()]]
})
add('a change does not show in clone()', (h, request) => {
  const clone = request.clone()
  h.set('x-one', '2')
  clone.headers.set('x-two', '3')
  return [clone.headers.get('x-one'), h.get('x-one'), h.get('x-two')]
})
add('a change shows in new Request(request)', (h, request) => {
  h.set('x-one', '2')
  return new Request(request).headers.get('x-one')
})
add('what it is called', (h) => [
  Object.prototype.toString.call(h),
  memberOf(h, Symbol.toStringTag),
])
add('instanceof, constructor and prototype', (h) => [
  h instanceof Headers,
  h.constructor === Headers,
  Object.getPrototypeOf(h) === Headers.prototype,
])
add('its own keys', (h) => [Object.keys(h), JSON.stringify(h)])
add('what is no member', (h) => [memberOf(h, 'x-one'), 'x-one' in h, memberOf(h, 'then')])

/** Fields by which an adapter frames, identifies and closes: a handler that deletes them changes nothing. */
const framing = ['content-length', 'connection', 'host', 'expect', 'x-request-id', 'content-type']
const changes: Readonly<Record<string, (headers: Headers) => void>> = {
  deleted: (h) => {
    for (const name of framing) h.delete(name)
  },
  overwritten: (h) => {
    h.set('content-length', '1')
    h.set('transfer-encoding', 'chunked')
    h.set('connection', 'close')
  },
}
const readers = ['text', 'arrayBuffer', 'bytes', 'json'] as const

export const headers: Probe[] = [
  ...Object.entries(looks).map(([name, look]) => ({ name, parts, look })),
  {
    name: 'whether they tell of the chunks',
    parts: { method: 'POST', body: '[1,2]', chunked: true },
    look: (request) => request.headers.has('transfer-encoding'),
  },
  ...Object.entries(changes).flatMap(([how, change]) =>
    readers.flatMap((reader) =>
      [false, true].map((chunked) => ({
        name: `${reader}() after fields about the framing were ${how}${chunked ? ', in chunks' : ''}`,
        parts: { method: 'POST', body: '[1,2]', chunked },
        look: (request: Request) => {
          change(request.headers)
          return request[reader]()
        },
      })),
    ),
  ),
]
