import { expect, onTestFinished, test } from 'vitest'
import { NativeRequest } from './native-request.ts'
import { connectTo, request } from './raw-client.ts'
import { serveHere } from './serve-here.ts'

/** What `look` gives for a request of `text`, with the globals that stand then. */
async function ask(look: (request: Request) => Promise<string>, text = 'hello'): Promise<string> {
  const { url } = await serveHere(async (asked) => new Response(await look(asked)))
  const client = await connectTo(url)
  const fields = `X-Field: 1\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n`
  client.send(request('POST /', fields + text))
  return (await client.closed).split('\r\n\r\n')[1] ?? ''
}

const copy = async (asked: Request) => {
  const made = new Request(asked, { headers: { 'x-other': '2' } })
  return `${made.method} ${made.headers.get('x-field') ?? ''} ${await made.text()}`
}

test('a request can be copied, and given to fetch', async () => {
  const upstream = await serveHere(
    async (asked) => new Response(`${asked.method} ${asked.url} ${await asked.text()}`),
  )
  expect(await ask(copy)).toBe('POST  hello')
  const forward = async (asked: Request) => (await fetch(upstream.url, asked)).text()
  expect(await ask(forward)).toBe(`POST ${upstream.url} hello`)
  const again = async (asked: Request) => (await fetch(new Request(upstream.url, asked))).text()
  expect(await ask(again)).toBe(`POST ${upstream.url} hello`)
})

test('fetch takes the request itself', async () => {
  const { url } = await serveHere(async (asked) => {
    if (asked.headers.has('x-forwarded')) return new Response(await asked.text())
    asked.headers.set('x-forwarded', 'yes')
    return fetch(asked)
  })
  expect(await (await fetch(url, { method: 'POST', body: 'hello' })).text()).toBe('hello')
})

test('the globals are replaced once', async () => {
  await serveHere(() => new Response())
  const before = [Request, fetch]
  await serveHere(() => new Response())
  expect([Request, fetch]).toEqual(before)
})

test('the global Request is the platform’s for everybody else', async () => {
  await serveHere(() => new Response())
  const plain = new Request('http://h/', { method: 'PUT' })
  expect(plain).toBeInstanceOf(Request)
  expect(new Request(plain).method).toBe('PUT')
  class Special extends Request {}
  expect(new Special('http://h/')).toBeInstanceOf(Special)
  expect(plain).not.toBeInstanceOf(Special)
  expect(await (await fetch('data:,x')).text()).toBe('x')
  await expect(fetch('no URL')).rejects.toThrow(TypeError)
})

test('another adapter may replace the global Request, as @hono/node-server does', async () => {
  const ours = Request
  onTestFinished(() => {
    Object.defineProperty(globalThis, 'Request', { value: ours })
  })
  // It extends the class that it found when it was loaded, which knows nothing of ours.
  class Other extends NativeRequest {}
  Object.defineProperty(globalThis, 'Request', { value: Other })
  expect(await ask(copy)).toBe('POST  hello')
  expect(new Request('http://h/')).toBeInstanceOf(Other)
})
