import { expect, test } from 'vitest'
import { NodeResponse } from '../../../../src/adapters/node/response/node-response.ts'
import { connectTo, request } from '../raw-client.ts'
import { serveHere } from '../serve-here.ts'

const text = '{"ä":"€"}'

/** What a handler makes of a request with a body that announces its length. */
async function read<T>(look: (request: Request) => T, body: BodyInit = text): Promise<Awaited<T>> {
  let seen: Promise<Awaited<T>> | undefined
  const { url } = await serveHere(async (received) => {
    seen = Promise.resolve(look(received))
    await seen.catch(() => undefined)
    return new NodeResponse(null, { status: 204 })
  })
  await fetch(url, { method: 'POST', body })
  if (!seen) throw new Error('no request came')
  return seen
}

const bytes = [...new TextEncoder().encode(text)]

test('a body is read as text, JSON and bytes', async () => {
  expect(await read((received) => received.text())).toBe(text)
  expect(await read((received) => received.json())).toEqual({ ä: '€' })
  expect([...new Uint8Array(await read((received) => received.arrayBuffer()))]).toEqual(bytes)
  expect([...(await read((received) => received.bytes()))]).toEqual(bytes)
})

test('a text loses its byte order mark', async () => {
  expect(await read((received) => received.text(), '\ufeffx')).toBe('x')
})

test('a body that comes in pieces is one', async () => {
  const whole = 'x'.repeat(300_000)
  expect(await read((received) => received.text(), whole)).toBe(whole)
})

test('JSON that is none rejects', async () => {
  await expect(read((received) => received.json(), 'no JSON')).rejects.toThrow(SyntaxError)
})

test('a body is unread until it is read, and then used up', async () => {
  const states = await read(async (received) => {
    const before = received.bodyUsed
    await received.text()
    return [before, received.bodyUsed]
  })
  expect(states).toEqual([false, true])
})

test('a body is read once only', async () => {
  const readTwice = async (received: Request) => {
    await received.text()
    return received.text()
  }
  await expect(read(readTwice)).rejects.toThrow(TypeError)
  const cloned = async (received: Request) => {
    await received.json()
    return received.clone()
  }
  await expect(read(cloned)).rejects.toThrow(TypeError)
})

test('a body whose stream somebody has asked for is read from there', async () => {
  const readStream = async (received: Request) => {
    const { body } = received
    return [body === null, await received.text()]
  }
  expect(await read(readStream)).toEqual([false, text])
})

test.for(['Content-Length: 9\r\n\r\nhalf', 'Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'])(
  'reading rejects when the client leaves before the end: %j',
  async (half) => {
    const failed = Promise.withResolvers<unknown>()
    const reading = Promise.withResolvers<undefined>()
    const { url, errors } = await serveHere(async (received) => {
      const whole = received.text()
      reading.resolve(undefined)
      failed.resolve(await whole.catch((cause: unknown) => cause))
      return new NodeResponse(null, { status: 204 })
    })
    const client = await connectTo(url)
    client.send(request('POST /', half))
    await reading.promise
    client.socket.destroy()
    expect(await failed.promise).toBeInstanceOf(Error)
    expect(errors).toEqual([])
  },
)
