import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { ask } from './ask.ts'

const shown = v.array(
  v.union([
    v.strictObject({ name: v.string(), value: v.string() }),
    v.strictObject({ name: v.string(), length: v.number() }),
  ]),
)
const answer = v.object({
  replica: v.looseObject({}),
  place: v.looseObject({}),
  connection: v.looseObject({}),
  request: v.object({
    method: v.string(),
    target: v.string(),
    query: shown,
    fields: shown,
    body: v.nullable(v.looseObject({})),
  }),
})

async function whoami(...args: Parameters<typeof ask>) {
  const response = await ask(...args)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  return v.parse(answer, await response.json())
}

test('says who answers and where', async () => {
  const place = { pod: 'p', namespace: 'n', ip: '10.0.0.7', node: 'k1', zone: 'eu-1a' }
  const said = await whoami('/whoami', {}, { place })
  expect(said.place).toEqual(place)
  expect(said.replica).toEqual({
    hostname: '42bc3f9174d9',
    boot: 'b41c09d2',
    startedAt: 1680353000,
    state: 'ready',
    version: '1.2.3',
    commit: 'abc1234',
    runtime: 'test/1.0',
  })
})

test('says through what: the connection', async () => {
  const connection = { remoteAddress: '10.0.0.1', ordinal: 17, request: 3 }
  expect((await whoami('/whoami', {}, {}, { connection })).connection).toEqual(connection)
})

test.for(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'BREW'])(
  'takes the method %s',
  async (method) => {
    expect((await whoami('/whoami?a=1', { method })).request).toMatchObject({
      method,
      target: '/whoami?a=1',
    })
  },
)

test('does not take TRACE, and OPTIONS says what it takes', async () => {
  const allow = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'
  const options = await ask('/whoami', { method: 'OPTIONS' })
  expect([options.status, options.headers.get('allow')]).toEqual([204, allow])
})

test('shows target and field lines as they came, where the adapter knows them', async () => {
  const fieldLines = ['X-B', '1', 'x-a', '2', 'X-B', '3']
  const connection = { target: 'http://user:pw@replica.test/whoami', fieldLines }
  const { request } = await whoami('/whoami', {}, {}, { connection })
  expect(request.target).toBe('http://replica.test/whoami')
  expect(request.fields).toEqual([
    { name: 'X-B', value: '1' },
    { name: 'x-a', value: '2' },
    { name: 'X-B', value: '3' },
  ])
})

describe('credentials', () => {
  const value = 'v3ry-s3cret'
  const names = [
    ...[
      'Authorization',
      'Proxy-Authorization',
      'X-Auth',
      'X-CSRF-Token',
      'Client-Secret',
      'X-Api-Key',
    ],
    ...['Cookie', 'Set-Cookie', 'X-Session-Id', 'X-Password', 'X-JWT-Assertion', 'X-Signature'],
  ]

  test.for(names)('the field %s shows its length only', async (name) => {
    const connection = { fieldLines: ['Host', 'a', name, value] }
    const response = await ask('/whoami', {}, {}, { connection })
    const body = await response.text()
    expect(body).not.toContain(value)
    expect(body).toContain(`{"name":"${name}","length":11}`)
  })

  const targets = [
    `/whoami?token=${value}`,
    `/whoami?a=1&access_TOKEN=${value}&b=2`,
    `/whoami?tok%65n=${value}`,
    `/whoami?x?session=${value}`,
    `/whoami?a=1;secret=${value}`,
    `/whoami?jwt=${encodeURIComponent(value)}&jwt=${value}`,
    `/whoami?user%5Bpassword%5D=${value}`,
    `/whoami?token=a,b;${value}`,
    `/whoami?back=${encodeURIComponent(`https://x/?token=${value}&b=2`)}`,
    `/whoami?back=${encodeURIComponent(`https://x/?to=${encodeURIComponent(`/?key=${value}`)}`)}`,
  ]
  test.for(targets)('the target %s does not show them', async (path) => {
    for (const accept of ['application/json', 'text/plain']) {
      const connection = { target: path }
      const response = await ask(path, { headers: { accept } }, {}, { connection })
      expect(await response.text()).not.toContain(value)
    }
  })

  test('a Referer, or another field that holds a target, does not show them', async () => {
    const headers = {
      referer: `http://x/?api_key=${value}&b=2`,
      'x-original-uri': `/?token=${value}`,
      'x-encoded-name': `/?a=1&pass%77ord=${value}`,
      'x-encoded-value': `/?pass%77ord=a%26${value}`,
      'x-encoded': `/?back=${encodeURIComponent(`https://x/?token=${value}`)}`,
      'x-list': `a=1,b=2;token=a,b;${value}`,
    }
    const body = await (await ask('/whoami', { headers })).text()
    expect(body).not.toContain(value)
    expect(body).toContain('http://x/?api_key=(11 characters)&b=2')
  })

  test('what holds none stays as it was written', async () => {
    const written = 'http://x/?rd=%2Fa%3Fb%3D1&c=%zz&d=%C3%BC; e=f, monkeys'
    const connection = { fieldLines: ['X-A', written], target: `/whoami?rd=%2Fa%3Fb%3D1&c=%zz` }
    const { request } = await whoami('/whoami', {}, {}, { connection })
    expect(request).toMatchObject({
      target: connection.target,
      fields: [{ name: 'X-A', value: written }],
    })
  })

  // Time-outs are for hangs: what backtracks takes minutes for the first of these.
  test.for(['key', 'key=', '=', '?', '&', '%2525', 'key?', 'key%3D'])(
    'a field and a target full of %s take no time',
    async (repeated) => {
      const long = repeated.repeat(16_000 / repeated.length)
      const connection = { fieldLines: ['X-A', long], target: `/whoami?${long}` }
      expect((await ask(`/whoami?${long}`, {}, {}, { connection })).status).toBe(200)
    },
  )

  test('a parameter keeps its name and tells its length', async () => {
    const { request } = await whoami('/whoami?a=1&token=four&key=x&b=%20')
    expect(request.target).toBe('/whoami?a=1&token=(4 characters)&key=(1 character)&b=%20')
    expect(request.query).toEqual([
      { name: 'a', value: '1' },
      { name: 'token', length: 4 },
      { name: 'key', length: 1 },
      { name: 'b', value: ' ' },
    ])
  })
})

describe('the body', () => {
  test('is told by its length and digest, and when it came', async () => {
    const body = 'ü'.repeat(1000)
    const { request } = await whoami('/whoami', { method: 'POST', body })
    expect(request.body).toEqual({
      bytes: 2000,
      sha256: createHash('sha256').update(body).digest('hex'),
      firstByteAt: 1680353669.546823,
      lastByteAt: 1680353669.546823,
      whole: true,
    })
  })

  test('has the times of its first and its last bytes', async () => {
    let seconds = 0
    const now = () => (seconds += 1)
    const { readable, writable } = new TransformStream<Uint8Array>()
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body: readable,
      duplex: 'half',
    }
    const said = whoami('/whoami', init, { now })
    const writer = writable.getWriter()
    for (const text of ['a', 'b', 'c']) await writer.write(new TextEncoder().encode(text))
    await writer.close()
    expect((await said).request.body).toMatchObject({ bytes: 3, firstByteAt: 1, lastByteAt: 3 })
  })

  test('is null where there is none', async () => {
    expect((await whoami('/whoami')).request.body).toBeNull()
  })

  test('of the limit is read, of one byte more is 413', async () => {
    const limits = { bodyBytes: 1000 }
    const post = (bytes: number) =>
      ask('/whoami', { method: 'POST', body: 'x'.repeat(bytes) }, {}, { limits })
    expect((await post(1000)).status).toBe(200)
    const refused = await post(1001)
    expect(refused.status).toBe(413)
    expect(await refused.json()).toMatchObject({
      detail: 'The body of this request is too large: 1000 bytes are read.',
    })
  })

  test('whose client leaves is told as not whole, which is no error of ours', async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.error(new Error('gone'))
      },
    })
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
    expect((await whoami('/whoami', init)).request.body).toMatchObject({ bytes: 0, whole: false })
  })
})

describe('as text', () => {
  const text = async (accept: string, path = '/whoami') => {
    const response = await ask(path, { headers: { accept } }, { place: { zone: 'eu-1a' } })
    return [response.headers.get('content-type'), await response.text()] as const
  }

  test('is aligned', async () => {
    const [type, body] = await text('text/plain', '/whoami?a=1&token=secret')
    expect(type).toBe('text/plain; charset=utf-8')
    expect(body).toContain('replica\n  hostname   42bc3f9174d9\n  boot       b41c09d2\n')
    expect(body).toContain('\nplace\n  zone       eu-1a\n\nrequest\n  method     GET\n')
    expect(body).toContain('\nquery\n  a          1\n  token      (6 characters)\n')
  })

  test('has control characters as escapes', async () => {
    const [, body] = await text('text/plain', '/whoami?a=%1B%5B31m%0Ab')
    expect(body).toContain(String.raw`\u001b[31m\u000ab`)
  })

  test.for(['text/plain', 'text/plain;q=0.9, application/json;q=0.1', 'text/*'])(
    'comes for Accept: %s',
    async (accept) => {
      expect((await text(accept))[0]).toMatch(/^text\/plain/)
    },
  )

  test.for([
    '*/*',
    'text/html',
    '',
    'application/json, text/plain;q=0.5',
    'text/plain;q=0',
    '\\//;,',
  ])('does not come for Accept: %s', async (accept) => {
    expect((await text(accept))[0]).toBe('application/json')
  })
})
