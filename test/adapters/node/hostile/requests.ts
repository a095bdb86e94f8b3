import fc, { type Arbitrary } from 'fast-check'

/** Bytes for one connection, and how many answers they may get at most. */
export interface Attack {
  /** As Latin-1. */
  readonly bytes: string
  readonly answers: number
  /** None of the answers may be a success. */
  readonly refused: boolean
}

const byte = fc.nat(255).map((code) => String.fromCharCode(code))
const text = fc.string({ unit: byte, maxLength: 40 })
const visible = fc.string({ unit: fc.integer({ min: 33, max: 126 }).map(toChar), maxLength: 20 })
const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,15}$/)
const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PURGE', 'MKCOL')
const path = fc.constantFrom('/', '/livez', '/readyz', '/version', '/nowhere', '/?q=1', '//', '/*')
const digits = fc.nat(40).map(String)
const host = 'Host: test'

function toChar(code: number): string {
  return String.fromCharCode(code)
}

/** A header of these lines, and what comes after it. */
function message(lines: readonly string[], body = ''): string {
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

const requestLine = fc.tuple(method, path).map(([name, target]) => `${name} ${target} HTTP/1.1`)

/** A valid request, with or without a body. */
const good: Arbitrary<string> = fc.oneof(
  requestLine.map((line) => message([line, host])),
  fc.tuple(requestLine, text).map(([line, body]) => {
    return message([line, host, `Content-Length: ${body.length}`], body)
  }),
  fc.tuple(requestLine, fc.string({ unit: byte, minLength: 1 })).map(([line, body]) => {
    const chunks = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
    return message([line, host, 'Transfer-Encoding: chunked'], chunks)
  }),
)

/** A request with these further fields. */
function withFields(fields: Arbitrary<readonly string[]>, body: Arbitrary<string> = text) {
  return fc
    .tuple(requestLine, fields, body)
    .map(([line, more, rest]) => message([line, host, ...more], rest))
}

/** A request with one field of this name. */
function withField(
  name: string,
  value: Arbitrary<string>,
  body: Arbitrary<string> = fc.constant(''),
) {
  return withFields(
    value.map((given) => [`${name}: ${given}`]),
    body,
  )
}

/** One thing done to bytes at a place: something taken out, put in, or put in its place. */
const edit = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3), text)

function mutate(bytes: string, edits: readonly (readonly [number, number, string])[]): string {
  return edits.reduce((mutated, [where, length, insert]) => {
    const at = Math.floor(where * mutated.length)
    return mutated.slice(0, at) + insert + mutated.slice(at + length)
  }, bytes)
}

function insert(bytes: string, where: number, what: string): string {
  return mutate(bytes, [[where, 0, what]])
}

const place = fc.double({ min: 0, max: 1, noNaN: true })

const badLength = fc.constantFrom(
  '',
  '-1',
  '+1',
  '0x5',
  '1e3',
  '1 1',
  '5;',
  '١',
  '99999999999999999999',
)
const badChunk = fc.constantFrom(
  'zz',
  '-1',
  '0x1',
  '',
  ' ',
  '+1',
  '1_0',
  'fffffffffffffffff',
  '1;\0',
  ';',
)
const badHost = fc.constantFrom(
  ...[
    'a b',
    'a/b',
    'a?b',
    'a#b',
    'a@b',
    '[::1',
    '[zz]',
    'a:b',
    'a:99999',
    '%00',
    '%',
    '\\',
    'a|b',
    'a^b',
  ],
)
const badPercent = fc.constantFrom(
  '%',
  '%z',
  '%zz',
  '%0',
  '%u1234',
  '%00',
  '%0d%0a',
  '%c0%af',
  '..%2f',
)
const encoded = fc.array(fc.oneof(badPercent, visible), { minLength: 1, maxLength: 8 })

/** How many answers bytes can get that nobody has made to be so many requests. */
function mostAnswers(bytes: string): number {
  return bytes.split(/\n\r?\n/).length
}

function one(bytes: Arbitrary<string>): Arbitrary<Attack> {
  return bytes.map((given) => ({ bytes: given, answers: 1, refused: false }))
}
function refused(bytes: Arbitrary<string>): Arbitrary<Attack> {
  return bytes.map((given) => ({ bytes: given, answers: 1, refused: true }))
}
function wild(bytes: Arbitrary<string>): Arbitrary<Attack> {
  return bytes.map((given) => ({ bytes: given, answers: mostAnswers(given), refused: false }))
}

/** What hostile clients send, by kind. */
export const attacks: Readonly<Record<string, Arbitrary<Attack>>> = {
  'random bytes': wild(fc.string({ unit: byte, minLength: 1, maxLength: 300 })),
  'truncated requests': one(
    fc.tuple(good, place).map(([bytes, where]) => bytes.slice(0, where * bytes.length)),
  ),
  'garbled requests': wild(
    fc
      .tuple(good, fc.array(edit, { minLength: 1, maxLength: 4 }))
      .map(([bytes, edits]) => mutate(bytes, edits)),
  ),
  'repeated Content-Length': refused(
    withFields(
      fc.array(
        digits.map((n) => `Content-Length: ${n}`),
        { minLength: 2, maxLength: 4 },
      ),
    ),
  ),
  'a list as Content-Length': refused(
    withField('Content-Length', fc.tuple(digits, digits).map(String), text),
  ),
  'an invalid Content-Length': refused(withField('Content-Length', badLength, text)),
  'Content-Length with Transfer-Encoding': refused(
    fc
      .tuple(
        requestLine,
        fc.shuffledSubarray(['Content-Length: 5', 'Transfer-Encoding: chunked'], { minLength: 2 }),
      )
      .map(([line, fields]) =>
        message([line, host, ...fields], '0\r\n\r\nGET /version HTTP/1.1\r\n\r\n'),
      ),
  ),
  'an unknown Transfer-Encoding': refused(
    withField(
      'Transfer-Encoding',
      fc.constantFrom('gzip', 'chunked, gzip', 'chunkedx', 'x chunked', '\x0bchunked'),
    ),
  ),
  'bad chunk sizes': refused(
    withField(
      'Transfer-Encoding',
      fc.constant('chunked'),
      fc.tuple(badChunk, text).map(([size, data]) => `${size}\r\n${data}\r\n0\r\n\r\n`),
    ),
  ),
  'obsolete line folding': refused(
    withField(
      'X-Folded',
      fc
        .tuple(visible, fc.constantFrom(' ', '\t'), visible)
        .map(([a, space, b]) => `${a}\r\n${space}${b}`),
    ),
  ),
  'bare line feeds': refused(
    requestLine.chain((line) =>
      fc.constantFrom(
        `${line}\n${host}\n\n`,
        `${line}\r\n${host}\n\r\n`,
        `${line}\n${host}\r\n\r\n`,
      ),
    ),
  ),
  'NUL bytes': refused(
    fc
      .tuple(requestLine, place)
      .map(([line, where]) => insert(`${line}\r\n${host}`, where, '\0') + '\r\n\r\n'),
  ),
  'a missing, repeated or invalid Host': refused(
    fc
      .tuple(
        requestLine,
        fc.oneof(
          badHost.map((name) => [`Host: ${name}`]),
          fc.constant([]),
          fc.constant([host, host]),
        ),
      )
      .map(([line, hosts]) => message([line, ...hosts])),
  ),
  'other forms of the target': one(
    fc
      .tuple(
        method,
        fc.oneof(
          fc.constantFrom(
            '*',
            '**',
            'http://',
            'http:///',
            'http:/x',
            'HTTP://x/',
            'ftp://x/',
            'about:blank',
          ),
          fc.constantFrom(
            'javascript:1',
            'test',
            'test:80',
            '[::1]:80',
            '?',
            '#',
            '/#x',
            '\\',
            '/\\..\\',
            'urn:a:b',
          ),
          visible.map((target) => `http://${target}/`),
          visible,
        ),
      )
      .map(([name, target]) => message([`${name} ${target} HTTP/1.1`, host])),
  ),
  CONNECT: refused(
    fc
      .tuple(fc.oneof(fc.constantFrom('test:443', '/', '*', 'http://test/'), visible), text)
      .map(([target, rest]) => message([`CONNECT ${target} HTTP/1.1`, host], rest)),
  ),
  Upgrade: wild(
    withFields(
      fc
        .constantFrom('websocket', 'h2c', 'TLS/1.3', 'HTTP/2.0', ',', '')
        .map((name) => ['Connection: Upgrade, HTTP2-Settings', `Upgrade: ${name}`]),
    ),
  ),
  Expect: one(
    withField('Expect', fc.oneof(fc.constantFrom('100-continue', '100-Continue, x', ''), visible)),
  ),
  'invalid percent-encoding': one(
    fc
      .tuple(method, encoded)
      .map(([name, parts]) => message([`${name} /${parts.join('')} HTTP/1.1`, host])),
  ),
  'other versions': one(
    fc
      .constantFrom(
        'HTTP/0.9',
        'HTTP/1.0',
        'HTTP/1.2',
        'HTTP/2.0',
        'HTTP/9.9',
        'HTTP/1.1 ',
        'http/1.1',
        'HTTP/',
        '',
      )
      .map((version) => message([`GET / ${version}`, host])),
  ),
  'huge numbers of headers': one(
    fc
      .tuple(requestLine, fc.integer({ min: 50, max: 6000 }), fc.oneof(token, fc.constant('Host')))
      .map(([line, count, name]) =>
        message([line, ...Array<string>(count).fill(`${name}: ${name}`)]),
      ),
  ),
  'huge targets and fields': one(
    fc
      .tuple(fc.nat(40_000), fc.nat(40_000))
      .map(([target, field]) =>
        message([`GET /${'a'.repeat(target)} HTTP/1.1`, host, `X: ${'b'.repeat(field)}`]),
      ),
  ),
  'forged ids, addresses and traces': wild(
    fc
      .tuple(
        requestLine,
        fc.array(
          fc.tuple(
            fc.constantFrom('X-Request-Id', 'Forwarded', 'X-Forwarded-For', 'Traceparent'),
            fc.oneof(text, visible),
          ),
          { minLength: 1, maxLength: 3 },
        ),
      )
      .map(([line, fields]) => message([line, host, ...fields.map((field) => field.join(': '))])),
  ),
  pipelining: fc
    .tuple(fc.array(good, { minLength: 2, maxLength: 10 }), fc.oneof(fc.constant(''), text))
    .map(([requests, rest]) => ({
      bytes: requests.join('') + rest,
      answers: requests.length + mostAnswers(rest),
      refused: false,
    })),
}
