// Loads the servers that its arguments name, in that order, each of which replaces the global `Request`;
// serves with all of them in this process, and prints what their handlers can do with a request.
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'

type Handler = (request: Request) => Promise<Response>

/** Each loads a server, and gives what starts it and says on which port it listens. */
const loaders: Readonly<Record<string, () => Promise<(handler: Handler) => Promise<number>>>> = {
  async ours() {
    const { serve } = await import('../../../../src/adapters/node/serve.ts')
    return async (handler) =>
      Number(new URL((await serve(handler, { host: '127.0.0.1', port: 0 })).url).port)
  },
  async hono() {
    const { serve } = await import('@hono/node-server')
    return (handler) =>
      new Promise((resolve) => {
        serve({ fetch: handler, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
          resolve(port)
        })
      })
  },
}

const looks: Readonly<Record<string, (request: Request) => Promise<string>>> = {
  'new Request(request)': (r) => new Request(r).text(),
  'new Request(url, request)': (r) => new Request('http://other.test/', r).text(),
  'fetch(request)': async (r) => (await fetch(r)).text(),
  'fetch(new Request(request))': async (r) => (await fetch(new Request(r))).text(),
  'fetch(url, request)': async (r) => (await fetch(r.url, r)).text(),
  'request instanceof Request': (r) => Promise.resolve(String(r instanceof Request)),
}

const handler: Handler = async (asked) => {
  const name = asked.headers.get('x-look') ?? ''
  return new Response(await looks[name]?.(asked).catch((cause: unknown) => String(cause)))
}

/** Answers with the content that it was sent. */
const upstream = createServer((incoming, response) => incoming.pipe(response))
await once(upstream.listen(0, '127.0.0.1'), 'listening')
const address = upstream.address()
// So that the URL of a request is one to fetch.
const host = `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`

async function ask(port: number, look: string): Promise<string> {
  const headers = { host, 'x-look': look, 'content-length': 5 }
  const answered = Promise.withResolvers<IncomingMessage>()
  const options = { port, host: '127.0.0.1', method: 'POST', headers, agent: false }
  request(options, answered.resolve).once('error', answered.reject).end('hello')
  return text(await answered.promise)
}

const names = process.argv.slice(2)
const loaded = []
for (const name of names) loaded.push({ name, start: await loaders[name]?.() })
const started = []
for (const { name, start } of loaded) started.push({ name, port: (await start?.(handler)) ?? 0 })
const seen: Record<string, Record<string, string>> = {}
for (const { name, port } of started) {
  seen[name] = {}
  for (const look of Object.keys(looks)) seen[name][look] = await ask(port, look)
}
process.stdout.write(JSON.stringify(seen))
process.exit()
