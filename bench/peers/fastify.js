import process from 'node:process'
import Fastify from 'fastify'
import { headers, keepAliveTimeout, port, root, versionBody } from './answers.js'

const app = Fastify({ keepAliveTimeout, logger: process.env.LOG === 'on' })

// The echo takes any text, and hands it on as it is.
app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => {
  done(null, body)
})

const asItIs = (body) => body

function answer(reply, body, type) {
  // Without a serializer fastify would add a charset to the type.
  return reply.headers(headers(body, type)).serializer(asItIs).send(body)
}

app.get('/', (_request, reply) => answer(reply, root()))
app.get('/version', (_request, reply) => answer(reply, versionBody()))
app.post('/echo', ({ body }, reply) => answer(reply, body, 'text/plain'))

await app.listen({ port })
