import { initTRPC } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { createSchema, createYoga } from 'graphql-yoga'
import { H3, readBody } from 'h3'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { methodOverride } from 'hono/method-override'
import { proxy } from 'hono/proxy'
import { streamText, streamSSE } from 'hono/streaming'
import { AutoRouter, type IRequest } from 'itty-router'

/** A request, made anew for each handler that gets it. */
export interface Asked {
  readonly path: string
  readonly init?: () => RequestInit
}

export interface Framework {
  readonly handler: (request: Request) => Response | Promise<Response>
  readonly requests: readonly Asked[]
}

const post =
  (body: string, type = 'application/json') =>
  () => ({
    method: 'POST',
    body,
    headers: { 'content-type': type },
  })

const form = (fields: Readonly<Record<string, string | File>>) => () => {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return { method: 'POST', body }
}

function hono(upstream: string): Framework {
  const app = new Hono()
  app.use('/limited', bodyLimit({ maxSize: 10 }))
  app.post('/limited', async (c) => c.text(await c.req.text()))
  app.use('/override', methodOverride({ app }))
  app.delete('/override', async (c) => c.json({ deleted: (await c.req.formData()).get('a') }))
  app.all('/proxy/*', (c) => proxy(`${upstream}${c.req.path}`, c.req))
  app.all('/proxied-raw/*', (c) => proxy(`${upstream}${c.req.path}`, c.req.raw))
  app.get('/stream', (c) =>
    streamText(c, async (stream) => {
      await stream.write('a')
      await stream.sleep(1)
      await stream.write('b')
    }),
  )
  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      await stream.writeSSE({ event: 'tick', id: '1', data: 'one' })
      await stream.writeSSE({ data: 'two' })
    }),
  )
  app.post('/form', async (c) => {
    const { a, f } = await c.req.parseBody()
    return c.json({ a, f: f instanceof File ? [f.name, await f.text()] : null })
  })
  app.post('/echo', (c) => new Response(c.req.raw.body))
  app.get('/hello/:name', (c) => c.html(`<p>${c.req.param('name')} ${c.req.query('q') ?? ''}</p>`))
  app.get('/fails', () => {
    throw new Error('inside')
  })
  app.onError((cause, c) => c.text(cause.message, 500))
  return {
    handler: (request) => app.fetch(request),
    requests: [
      { path: '/hello/x?q=1' },
      { path: '/hello/x', init: () => ({ method: 'HEAD' }) },
      { path: '/nothing' },
      { path: '/fails' },
      { path: '/limited', init: post('short', 'text/plain') },
      { path: '/limited', init: post('longer than ten', 'text/plain') },
      { path: '/override', init: form({ _method: 'DELETE', a: '1' }) },
      { path: '/proxy/get?q=1' },
      { path: '/proxy/post', init: post('{"a":1}') },
      { path: '/proxied-raw/post', init: post('{"a":1}') },
      { path: '/stream' },
      { path: '/events' },
      { path: '/form', init: form({ a: '1', f: new File(['file'], 'f.txt') }) },
      { path: '/echo', init: post('echo', 'text/plain') },
    ],
  }
}

function h3(): Framework {
  const app = new H3()
  app.get('/', (event) => ({ path: event.url.pathname, query: event.url.search }))
  app.post('/json', async (event) => ({ read: await readBody(event) }))
  app.get('/stream', () => new Blob(['a', 'b']).stream())
  return {
    handler: (request) => app.fetch(request),
    requests: [
      { path: '/?a=1' },
      { path: '/json', init: post('{"a":[1]}') },
      { path: '/stream' },
      { path: '/nothing' },
    ],
  }
}

function itty(): Framework {
  const router = AutoRouter()
  router.get('/hello/:name', ({ params, query }: IRequest) => ({ params, query }))
  router.post('/json', async (request: IRequest) => {
    const read: unknown = await request.json()
    return { read }
  })
  return {
    handler: (request): Promise<Response> => router.fetch(request),
    requests: [
      { path: '/hello/x?a=1&a=2' },
      { path: '/json', init: post('{"a":[1]}') },
      { path: '/nothing' },
    ],
  }
}

function yoga(): Framework {
  const schema = createSchema({
    typeDefs: 'type Query { hello(name: String): String }',
    resolvers: { Query: { hello: (_: unknown, { name }: { name: string }) => `Hello ${name}` } },
  })
  const server = createYoga({ schema, logging: false, landingPage: false })
  const query = '{ hello(name: "x") }'
  return {
    handler: async (request) => server.fetch(request),
    requests: [
      { path: `/graphql?query=${encodeURIComponent(query)}` },
      { path: '/graphql', init: post(JSON.stringify({ query })) },
      { path: '/graphql', init: post(JSON.stringify({ query: '{ nothing }' })) },
      { path: '/graphql', init: post('{') },
    ],
  }
}

function trpc(): Framework {
  const t = initTRPC.create()
  const router = t.router({
    hello: t.procedure.query(() => 'Hello'),
    add: t.procedure.input((value) => Number(value)).mutation(({ input }) => input + 1),
  })
  return {
    handler: (req) => fetchRequestHandler({ endpoint: '/trpc', req, router }),
    requests: [
      { path: '/trpc/hello' },
      { path: '/trpc/hello,hello?batch=1&input=%7B%7D' },
      { path: '/trpc/add', init: post('5') },
      { path: '/trpc/add', init: post('{') },
    ],
  }
}

/** Frameworks that make fetch-style handlers, each with requests for what it does with a `Request`. */
export function frameworks(upstream: string): Readonly<Record<string, Framework>> {
  return {
    hono: hono(upstream),
    h3: h3(),
    'itty-router': itty(),
    'graphql-yoga': yoga(),
    tRPC: trpc(),
  }
}
