import { once } from 'node:events'
import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { NodeResponse } from '../../../../src/adapters/node/response/node-response.ts'
import { connectTo, request } from '../raw-client.ts'
import { serveHere } from '../serve-here.ts'

const close = 'Connection: close\r\n\r\n'

/** All that a connection gives to a request that wants it closed. */
async function bytesOf(make: () => Response | Promise<Response>, method = 'GET'): Promise<string> {
  const { url } = await serveHere(make)
  const client = await connectTo(url)
  client.send(request(`${method} /`, close))
  return client.closed
}

const streamOf = (text: string) => new Blob([text]).stream()

describe('each kind of Response', () => {
  const kinds = { Response, NodeResponse }

  test.for(Object.entries(kinds))('%s: a string has its length', async ([, Kind]) => {
    const bytes = await bytesOf(() => new Kind('Grüße'))
    expect(bytes).toMatch(/\r\ncontent-length: 7\r\n/)
    expect(bytes).toMatch(/\r\ncontent-type: text\/plain;charset=UTF-8\r\n/)
    expect(Buffer.from(bytes, 'latin1').toString()).toMatch(/\r\n\r\nGrüße$/)
  })

  test.for(Object.entries(kinds))(
    '%s: a string that is empty has the length 0',
    async ([, Kind]) => {
      expect(await bytesOf(() => new Kind(''))).toMatch(/\r\ncontent-length: 0\r\n/)
    },
  )

  test.for(Object.entries(kinds))(
    '%s: a string goes out in one packet with its head',
    async ([, Kind]) => {
      const { url } = await serveHere(() => new Kind('Grüße'))
      const client = await connectTo(url)
      const packets: string[] = []
      client.socket.on('data', (packet) => packets.push(String(packet)))
      client.send(request('GET /', close))
      await client.closed
      expect(packets).toHaveLength(1)
    },
  )

  test.for(Object.entries(kinds))('%s: Latin-1 goes out as it is', async ([, Kind]) => {
    const init = { statusText: 'D\xe9j\xe0', headers: { 'x-field': 'caf\xe9' } }
    for (const body of [null, 'x', '€'])
      expect(await bytesOf(() => new Kind(body, init))).toMatch(
        /^HTTP\/1\.1 200 D\xe9j\xe0\r\n[^]*x-field: caf\xe9\r\n/,
      )
  })

  test.for(Object.entries(kinds))('%s: 204 and 304 have no framing', async ([, Kind]) => {
    for (const status of [204, 304])
      for (const headers of [{ 'content-length': '0' }, { 'transfer-encoding': 'chunked' }])
        expect(await bytesOf(() => new Kind(null, { status, headers }))).not.toMatch(
          /content-length|transfer-encoding/i,
        )
  })

  test.for(Object.entries(kinds))(
    '%s: nothing is left of one that cannot be sent',
    async ([, Kind]) => {
      const headers = { 'x-field': 'a\u0001b', 'set-cookie': 'a=1', 'content-length': '3' }
      const bytes = await bytesOf(() => new Kind('abc', { statusText: 'Fine', headers }))
      expect(bytes).toMatch(/^HTTP\/1\.1 500 Internal Server Error\r\n/)
      expect(bytes).not.toMatch(/set-cookie|content-length: 3\r/i)
    },
  )

  test.for(Object.entries(kinds))(
    '%s: a length with HEAD is what the handler says',
    async ([, Kind]) => {
      const make = (length: string) => () =>
        new Kind(null, { headers: { 'content-length': length } })
      expect(await bytesOf(make('5'), 'HEAD')).toMatch(/\r\ncontent-length: 5\r\n/)
      expect(await bytesOf(make('5x'), 'HEAD')).toMatch(/^HTTP\/1\.1 500 /)
    },
  )
})

describe('fields about the connection are the adapter’s', () => {
  const keep = () => new Response('x', { headers: { connection: 'keep-alive' } })

  test('a handler does not keep what the client wants closed', async () => {
    expect(await bytesOf(keep)).toMatch(/\r\nConnection: close\r\n/)
  })

  test('nor a connection of HTTP/1.0', async () => {
    const { url } = await serveHere(keep)
    const client = await connectTo(url)
    client.send('GET / HTTP/1.0\r\n\r\n')
    expect(await client.closed).toMatch(/\r\nConnection: close\r\n/)
  })

  test('nor one of a server that drains', async () => {
    const { url, close } = await serveHere(keep, { drainDelay: 0.5 })
    const client = await connectTo(url)
    const report = close()
    client.send(request('GET /'))
    expect(await client.closed).toMatch(/\r\nConnection: close\r\n/)
    await report
  })

  test('a handler may have a connection closed', async () => {
    const { url } = await serveHere(() => new Response('x', { headers: { connection: 'close' } }))
    const client = await connectTo(url)
    client.send(request('GET /'))
    expect(await client.closed).toMatch(/\r\nConnection: close\r\n/)
  })
})

describe('a stream with a length', () => {
  const declared = (text: string, length: string) => () =>
    new Response(streamOf(text), { headers: { 'content-length': length } })

  test('is sent with it', async () => {
    expect(await bytesOf(declared('abc', '3'))).toMatch(/\r\ncontent-length: 3\r\n[^]*\r\n\r\nabc$/)
  })

  test.for(['10', '1'])('that is not its own ends the connection: %s', async (length) => {
    const bad = declared('abc', length)
    const { url, errors } = await serveHere((asked) =>
      asked.url.endsWith('/next') ? new Response('next') : bad(),
    )
    const client = await connectTo(url)
    client.send(request('GET /') + request('GET /next'))
    expect((await client.closed).replace(/.*\r\n/g, '').length).toBeLessThanOrEqual(3)
    expect(errors).toHaveLength(1)
  })

  test.for(['1, 1', '-1', 'x'])('that is none is a 500: %s', async (length) => {
    expect(await bytesOf(declared('abc', length))).toMatch(/^HTTP\/1\.1 500 /)
  })
})

describe('a body that fails', () => {
  const failing = (chunks: number, pause: () => Promise<unknown>) => () => {
    let count = 0
    return new Response(
      new ReadableStream({
        async pull(controller) {
          await pause()
          count += 1
          if (count > chunks) throw new Error('secret')
          controller.enqueue(new Uint8Array(1))
        },
      }),
      { headers: { 'set-cookie': 'a=1' } },
    )
  }
  const atOnce = () => Promise.resolve()

  test('before anything is sent is a 500', async () => {
    const { url, errors } = await serveHere(failing(0, atOnce))
    const client = await connectTo(url)
    client.send(request('GET /', close))
    const bytes = await client.closed
    expect(bytes).toMatch(/^HTTP\/1\.1 500 /)
    expect(bytes).not.toMatch(/secret|set-cookie/)
    expect(errors).toHaveLength(1)
  })

  test.for([1, 2, 5])(
    'after chunk %s ends the connection without the end of the body',
    async (n) => {
      const soon = () => new Promise((resolve) => setTimeout(resolve, 5))
      for (const pause of [atOnce, soon]) {
        const { url, errors } = await serveHere(failing(n, pause))
        const client = await connectTo(url)
        client.send(request('GET /', close))
        const bytes = await client.closed
        // If it fails before the first chunk is out, nothing is lost yet.
        if (!bytes.startsWith('HTTP/1.1 500 ')) expect(bytes).not.toMatch(/\r\n0\r\n\r\n$/)
        expect(bytes).not.toContain('secret')
        expect(errors).toHaveLength(1)
      }
    },
  )

  test('because a chunk is no bytes is a 500', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue('text')
        controller.close()
      },
    })
    expect(await bytesOf(() => new Response(body))).toMatch(/^HTTP\/1\.1 500 /)
  })
})

// eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- none of them is one
const wrong = [
  ['text', () => 'text'],
  ['a number', () => 1],
  ['a symbol', () => Symbol('x')],
  ['an object', () => ({})],
  ['a promise of text', () => Promise.resolve('text')],
  [
    'an object whose `then` throws',
    () => ({
      get then() {
        throw new Error('then')
      },
    }),
  ],
  [
    'an object whose `then()` throws',
    () => ({
      then() {
        throw new Error('then')
      },
    }),
  ],
  ['Response.error()', () => Response.error()],
] as [string, () => Response][]

test.for(wrong)('a handler that gives %s is a 500', async ([, make]) => {
  const { url, errors } = await serveHere(make)
  for (const method of ['GET', 'HEAD']) expect((await fetch(url, { method })).status).toBe(500)
  expect(errors).toHaveLength(2)
})

test('a Response that has been read, or is being read, is a 500', async () => {
  const read = async () => {
    const response = new Response('x')
    await response.text()
    return response
  }
  const locked = () => {
    const response = new Response('x')
    response.body?.getReader()
    return response
  }
  const sent = new NodeResponse('x')
  const sentAlready = () => sent
  for (const make of [read, locked])
    for (const method of ['GET', 'HEAD'])
      expect(await bytesOf(make, method)).toMatch(/^HTTP\/1\.1 500 /)
  expect(await bytesOf(sentAlready)).toMatch(/^HTTP\/1\.1 200 /)
  expect(await bytesOf(sentAlready)).toMatch(/^HTTP\/1\.1 500 /)
})

test('a form is left alone with HEAD, since Node 26.10 throws when its body is cancelled', async () => {
  const form = () => {
    const data = new FormData()
    data.set('a', '1')
    return new Response(data)
  }
  const { url, errors } = await serveHere(form)
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
  expect((await (await fetch(url)).formData()).get('a')).toBe('1')
  expect(errors).toEqual([])
})

test('a response of fetch has been decoded, and says so', async () => {
  const text = 'x'.repeat(500)
  const packed = gzipSync(text)
  const headers = { 'content-encoding': 'gzip', 'content-length': packed.length }
  const upstream = createServer((_, response) => {
    response.writeHead(200, headers).end(packed)
  }).listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  onTestFinished(() => void upstream.close())
  const address = upstream.address()
  const port = typeof address === 'object' ? address?.port : 0

  const proxied = await bytesOf(() => fetch(`http://127.0.0.1:${port}/`))
  expect(proxied).not.toMatch(/content-encoding/i)
  expect(proxied).toContain(text)
  const own = await bytesOf(() => new Response(packed, { headers: { 'content-encoding': 'gzip' } }))
  expect(own).toMatch(/\r\ncontent-encoding: gzip\r\n/)
})

describe('NodeResponse refuses and converts what Response does', () => {
  const inits: unknown[] = [
    { status: 200.7 },
    { status: '201' },
    { status: NaN },
    { status: 199 },
    { status: 600 },
    { status: 204 },
    { status: '200 OK\r\nX: 1' },
    { statusText: 'a\r\nb' },
    { statusText: 'Fine' },
    null,
    { headers: { 'X-Upper': ' a ' } },
    { headers: { 'x-field': 'a\r\nb' } },
    { headers: { 'x-field': '€' } },
    { headers: { 'x field': 'a' } },
    { headers: { '': 'a' } },
    { headers: { 'x-field': 1 } },
    {
      headers: [
        ['a', 'b'],
        ['a', 'c'],
      ],
    },
    { headers: { 'content-length': '77', connection: 'close' } },
  ]
  const seen = (make: () => Response) => {
    try {
      const { status, statusText, ok, headers } = make()
      return { status, statusText, ok, headers: [...headers] }
    } catch (cause) {
      return cause instanceof Error ? cause.name : cause
    }
  }
  test.for(inits)('%j', (init) => {
    // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- often it is none
    const given = init as ResponseInit
    for (const body of ['x', null])
      expect(seen(() => new NodeResponse(body, given))).toEqual(
        seen(() => new Response(body, given)),
      )
  })

  test('what it was made of may be changed afterwards', async () => {
    const headers = { 'x-field': 'before' }
    const bytes = await bytesOf(() => {
      const response = new NodeResponse('x', { headers })
      headers['x-field'] = 'after'
      return response
    })
    expect(bytes).toContain('x-field: before')
  })

  test('and so may its fields, which are sent then', async () => {
    const bytes = await bytesOf(() => {
      const response = new NodeResponse('x', { headers: { 'x-field': 'before' } })
      response.headers.set('x-field', 'after')
      return response
    })
    expect(bytes).toContain('x-field: after')
  })

  test('it is a Response', () => {
    expect(new NodeResponse()).toBeInstanceOf(Response)
  })
})
