import { describe, expect, test } from 'vitest'
import type { EndedRequest } from '../../../../src/adapters/node/connections.ts'
import { connectTo, request } from '../raw-client.ts'
import { serveHere } from '../serve-here.ts'

/** Ways to read a body, at once and later. */
const readers: Record<string, (asked: Request) => Promise<unknown>> = {
  'text()': (asked) => asked.text(),
  'json()': (asked) => asked.json(),
  'arrayBuffer()': (asked) => asked.arrayBuffer(),
  'bytes()': (asked) => asked.bytes(),
  'blob()': (asked) => asked.blob(),
  'formData()': (asked) => asked.formData(),
  'text() of a clone': (asked) => asked.clone().text(),
  'text() of a new Request': (asked) => new Request(asked).text(),
  'text() of a Response': (asked) => new Response(asked.body).text(),
  'the stream': (asked) => Array.fromAsync(asked.body ?? []),
}
const body = 'a=1'
const framings = {
  'with a length': `Content-Length: 100\r\n\r\n${body}`,
  'in chunks': `Transfer-Encoding: chunked\r\n\r\n3\r\n${body}\r\n`,
}
const ends = { FIN: 'end', RST: 'resetAndDestroy', both: 'destroy' } as const

describe.for(Object.entries(framings))('an upload %s that breaks off', ([, framed]) => {
  test.for(Object.entries(ends))('by %s rejects for every reader', async ([, end]) => {
    for (const [name, read] of Object.entries(readers))
      for (const waits of [false, true]) {
        const begun = Promise.withResolvers<undefined>()
        const outcome = Promise.withResolvers<unknown>()
        const ended = Promise.withResolvers<EndedRequest>()
        const { url, errors } = await serveHere(
          async (asked) => {
            const { signal } = asked
            begun.resolve(undefined)
            if (waits && !signal.aborted)
              await new Promise((resolve) => {
                signal.addEventListener('abort', resolve)
              })
            outcome.resolve(await read(asked).catch((cause: unknown) => cause))
            if (!signal.aborted) outcome.reject(new Error('The signal is not aborted.'))
            return new Response()
          },
          { onRequestEnd: ended.resolve },
        )
        const client = await connectTo(url)
        const type = 'Content-Type: application/x-www-form-urlencoded\r\n'
        client.send(request('POST /', type + framed))
        await begun.promise
        client.socket[end]()
        expect(await outcome.promise, name).toBeInstanceOf(Error)
        expect(await ended.promise).toMatchObject({ status: 499, aborted: true })
        expect(await client.closed).toBe('')
        expect(errors).toEqual([])
      }
  })
})

test('a client that ends its side after a whole request is answered', async () => {
  const { url } = await serveHere(
    async (asked) => new Response(`${await asked.text()} ${asked.signal.aborted}`),
  )
  const client = await connectTo(url)
  client.send(request('POST /', `Content-Length: 3\r\n\r\n${body}`))
  client.socket.end()
  expect(await client.closed).toMatch(/a=1 false$/)
})

describe('the next request on the connection is answered', () => {
  const parts: Record<string, (asked: Request) => Promise<unknown>> = {
    'nothing is read': () => Promise.resolve(),
    'the body is cancelled': (asked) => asked.body?.cancel() ?? Promise.resolve(),
    'a chunk is read': (asked) => asked.body?.getReader().read() ?? Promise.resolve(),
    'a loop breaks': async (asked) => {
      let bytes = 0
      for await (const chunk of asked.body ?? []) if ((bytes += chunk.length) > 0) break
    },
    'a clone is read': (asked) => asked.clone().text(),
  }
  const length = 300_000
  const large = {
    'with a length': `Content-Length: ${length}\r\n\r\n${'x'.repeat(length)}`,
    'in chunks': `Transfer-Encoding: chunked\r\n\r\n${length.toString(16)}\r\n${'x'.repeat(length)}\r\n0\r\n\r\n`,
  }
  test.for(Object.entries(parts))('after %s', async ([, read]) => {
    for (const framed of Object.values(large)) {
      const { url, errors } = await serveHere(async (asked) => {
        await read(asked)
        return new Response('answer')
      })
      const client = await connectTo(url)
      client.send(request('POST /', framed) + request('GET /', 'Connection: close\r\n\r\n'))
      expect((await client.closed).match(/\r\n\r\nanswer/g)).toHaveLength(2)
      expect(errors).toEqual([])
    }
  })
})
