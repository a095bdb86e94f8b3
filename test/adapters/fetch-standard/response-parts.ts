// What a response may be made of, and what it may not.
import { inspect } from 'node:util'

/** A value by its type, for the names of probes. */
function label(value: unknown): string {
  return `${typeof value} ${typeof value === 'bigint' ? String(value) : inspect(value)}`
}

export const bytes = (text: string) => new TextEncoder().encode(text)
export const form = () => {
  const form = new FormData()
  form.append('a', '1')
  form.append('a', '2')
  return form
}

/** Everything that may be a body, and some that may not. */
export const bodies: Readonly<Record<string, () => unknown>> = {
  nothing: () => undefined,
  null: () => null,
  'an empty string': () => '',
  'a string': () => 'hello',
  'a string beyond Latin-1': () => 'Łódź \u{1F600}',
  'a string with half a surrogate pair': () => 'a\ud83d',
  'a string with a byte order mark': () => '\ufeff{}',
  JSON: () => '{"a":[1]}',
  'a String object': () => new String('hello'),
  'a number': () => 5,
  'an object': () => ({ a: 1 }),
  'an object with toString': () => ({ toString: () => 'told' }),
  'an object whose toString throws': () => ({
    toString() {
      throw new RangeError()
    },
  }),
  'a symbol': () => Symbol('x'),
  'a Uint8Array': () => bytes('hello'),
  'a part of an ArrayBuffer': () => new Uint8Array(bytes('hello').buffer, 1, 2),
  'an ArrayBuffer': () => bytes('hello').buffer,
  'a Blob': () => new Blob(['hello'], { type: 'x/y' }),
  'a File': () => new File(['hello'], 'x', { type: 'x/z' }),
  URLSearchParams: () => new URLSearchParams('a=1&b=é'),
  'a stream': () => new Blob(['hello']).stream(),
  'a stream that is locked': () => {
    const stream = new Blob(['hello']).stream()
    stream.getReader()
    return stream
  },
  'an async generator': async function* () {
    yield await Promise.resolve(bytes('hello'))
  },
}

/** Whatever may stand in the place of `init`. */
export const inits: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  'an empty object': () => ({}),
  'a function': () => () => undefined,
  'a number': () => 5,
  'a string': () => 'x',
  'an inherited status': (): unknown => Object.create({ status: 201 }),
  'a status that throws': () => ({
    get status() {
      throw new RangeError()
    },
  }),
  'headers that are read before the status': () => {
    const read: string[] = []
    const init = {
      get headers() {
        read.push('headers')
        return { 'x-read': read.join() }
      },
      get status() {
        read.push('status')
        return 200
      },
      get statusText() {
        read.push('statusText')
        return ''
      },
    }
    return init
  },
}
for (const status of [
  ...[undefined, null, true, NaN, Infinity, '201', '200 OK', '', 0, 100, 101, 199, 200, 201, 204],
  ...[205, 299, 304, 404, 503, 599, 600, 200.7, 599.5, 65_736, -1, 1e100, 204n, [201], {}],
])
  Object.assign(inits, { [`the status ${label(status)}`]: () => ({ status }) })
for (const statusText of [undefined, null, 5, '', 'Fine', ' ', 'a\tb', 'D\xe9j\xe0', 'Ł', 'a\r\nb'])
  Object.assign(inits, { [`the statusText ${JSON.stringify(statusText)}`]: () => ({ statusText }) })

const field = (name: string, value: unknown) => () => ({ [name]: value })

/** Whatever may stand in the place of `headers`. */
export const headers: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  'a number': () => 5,
  'a string': () => 'ab',
  'an empty string': () => '',
  'an array': () => [
    ['x-a', '1'],
    ['X-A', '2'],
    ['set-cookie', 'a'],
    ['set-cookie', 'b'],
  ],
  'an array of three': () => [['x-a', '1', '2']],
  'an array of one': () => [['x-a']],
  'an array of strings': () => ['ab', 'cd'],
  'an empty array': () => [],
  Headers: () => new Headers([['x-a', '1']]),
  'a Map': () => new Map([['x-a', '1']]),
  'a generator': function* () {
    yield ['x-a', '1']
  },
  'a record with an iterator': () => ({
    'x-a': '1',
    *[Symbol.iterator]() {
      yield ['x-b', '2']
    },
  }),
  'a record without a prototype': (): unknown => Object.assign(Object.create(null), { 'x-a': '1' }),
  'a record of a class': () =>
    new (class {
      'x-a' = '1'
    })(),
  'a record with inherited fields': (): unknown => Object.create({ 'x-a': '1' }),
  'a record with a hidden field': () =>
    Object.defineProperty({ 'x-a': '1' }, 'x-b', { value: '2' }),
  'a record with a symbol': () => ({ 'x-a': '1', [Symbol('x')]: '2' }),
  'a record with a getter': () => ({
    get 'x-a'() {
      return '1'
    },
  }),
  'a record with a getter that throws': () => ({
    get 'x-a'() {
      throw new RangeError()
    },
  }),
  'a record with a number for a name': () => ({ 5: 'x' }),
  'a record with the same name twice': () => ({ 'X-A': '1', 'x-a': '2' }),
  'a record with mixed case': () => ({ 'Content-Type': 'x/y', 'X-A': '1' }),
  'a record with two types': () => ({ 'content-type': 'x/y', 'Content-Type': 'x/z' }),
  'a record with __proto__': () =>
    Object.fromEntries([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]),
  'a record with a cookie': () => ({ 'set-cookie': 'a=1' }),
  'an empty type': field('content-type', ''),
}
for (const name of ['content-length', 'connection', 'keep-alive', 'transfer-encoding', 'upgrade'])
  Object.assign(headers, { [`the field ${name}`]: field(name, '5') })
for (const name of ['trailer', 'set-cookie2', 'date', 'host', 'te', 'location'])
  Object.assign(headers, { [`the field ${name}`]: field(name, 'x') })
for (const name of [
  '',
  ' ',
  'a b',
  'a:b',
  'a\r\nb',
  'caf\xe9',
  'Ł',
  '(x)',
  'a\0',
  'x-a ',
  '\u212a',
])
  Object.assign(headers, { [`the name ${JSON.stringify(name)}`]: field(name, '1') })
for (const value of [
  ...[
    '',
    ' ',
    ' a ',
    '\ta\t',
    '\n a \r\n',
    'a\r\nb: c',
    'a\nb',
    'a\rb',
    'a\0b',
    'a\x01b',
    'a\x7fb',
  ],
  ...['caf\xe9', 'Ł', 'a\u2028b', '\ud83d', 'a, b', 'a\tb', '\x80\xff', '\xa0a\xa0'],
])
  Object.assign(headers, { [`the value ${JSON.stringify(value)}`]: field('x-a', value) })
for (const value of [undefined, null, 5, true, ['a', 'b'], {}, 5n])
  Object.assign(headers, { [`the value ${label(value)}`]: field('x-a', value) })
Object.assign(headers, { 'a symbol as the value': field('x-a', Symbol('x')) })
