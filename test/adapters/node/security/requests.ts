import fc from 'fast-check'

/** A request to one of the routes that take something from their client. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Where a page runs a script that it is given, and what would tell of it. */
export const scripts = [
  '<script>fetch("/ran")</script>',
  '<img src=x onerror=fetch("/ran")>',
  '"><svg onload=fetch("/ran")>',
  '</script><script>fetch("/ran")</script>',
  'javascript:fetch("/ran")',
  '{{constructor.constructor("fetch(\'/ran\')")()}}',
  '\u2028<!--<script>fetch("/ran")//-->',
  '+ADw-script+AD4-fetch(+ACI-/ran+ACI-)+ADw-/script+AD4-',
]

const payload = fc.oneof(
  fc.constantFrom(...scripts),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    '../../etc/passwd',
    '%00',
    '%0d%0aX-Injected: 1',
    '{}',
    '__proto__',
    '1e999',
    'NaN',
    // What a pattern might search for again and again.
    'key'.repeat(300),
    '%2525'.repeat(200),
  ),
)
const number = fc
  .oneof(
    fc.integer().map(String),
    fc.double().map(String),
    fc.constantFrom(
      '200',
      '204',
      '304',
      '503',
      '599',
      '0',
      '0.001',
      '1',
      '65536',
      '-0',
      '00',
      ' 1',
    ),
  )
  .map(encode)
const encoded = payload.map(encode)

const paths = fc.oneof(
  fc.constantFrom('/whoami', '/chain', '/openapi.json', '/faults', '/events', '/status/200'),
  fc
    .tuple(fc.constantFrom('/status/', '/bytes/', '/whoami/', '/'), fc.oneof(number, encoded))
    .map(join),
  fc
    .tuple(fc.constant('/delay/'), fc.oneof(fc.constantFrom('0', '0.001', '601', '-1'), encoded))
    .map(join)
    .filter(isSoon),
)
const query = fc.oneof(
  fc.constant(''),
  fc
    .tuple(fc.constantFrom('?interval=', '?over=', '?token=', '?x='), fc.oneof(number, encoded))
    .map(join),
  encoded.map((text) => `?${text}`),
)
const fieldValue = fc
  .string({ maxLength: 60 })
  .map((text) => text.replace(/[^\x20-\x7e]/g, '').trim())
const headers = fc.dictionary(
  fc.constantFrom(
    ...[
      'accept',
      'authorization',
      'cookie',
      'referer',
      'user-agent',
      'x-request-id',
      'x-chain-hops',
    ],
    ...[
      'traceparent',
      'tracestate',
      'x-forwarded-for',
      'content-type',
      'x-api-key',
      'last-event-id',
    ],
  ),
  fc.oneof(
    fieldValue,
    fc.constantFrom(...scripts.filter((text) => /^[\x20-\x7e]*$/.test(text))),
    fc.constantFrom('text/html', 'text/plain', 'application/json', '*/*;q=2', '5', '0'),
  ),
  { maxKeys: 4 },
)
const methods = fc.constantFrom(
  'GET',
  'GET',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
)
const wanted = fc.record(
  {
    latencyMs: fc.oneof(fc.constantFrom(0, 1, -1, 60_001), payload),
    // Failures would be asked for, and hide others.
    errorRate: fc.constantFrom(0, -1, 2, '1'),
    unready: fc.oneof(fc.boolean(), payload),
    for: fc.oneof(fc.constantFrom(1, 0, 3601), fc.double()),
  },
  { requiredKeys: [] },
)
const body = fc.oneof(
  payload,
  wanted.map((value) => JSON.stringify(value)),
  fc.json(),
)

/** Requests as hostile clients, scanners and clumsy users send them. */
export const requests: fc.Arbitrary<Sent> = fc
  .record({ method: methods, path: fc.tuple(paths, query).map(join), headers, body })
  .map(({ body, ...sent }) => {
    const hasBody = sent.method !== 'GET' && sent.method !== 'HEAD'
    return hasBody ? { ...sent, body } : sent
  })

/** Whether it asks for no delay that takes long: that would be what was asked for, and no fault. */
function isSoon(path: string): boolean {
  const [, seconds] = /^\/delay\/([\d.]+)/.exec(path) ?? []
  return seconds === undefined || !(Number(seconds) > 0.001 && Number(seconds) <= 600)
}

function join(parts: readonly string[]): string {
  return parts.join('')
}

/** As much of it encoded as a client must, so that as much as can be arrives as it is. */
function encode(text: string): string {
  return text.toWellFormed().replace(/[^\x21-\x7e]|[#\\]/gu, encodeURIComponent)
}
