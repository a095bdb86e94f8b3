import { once } from 'node:events'
import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createLambda } from '../../../src/adapters/lambda/lambda.ts'

const event = { httpMethod: 'GET', path: '/', headers: { host: 'h' }, requestContext: {} }
const options = { onError: () => undefined, identify: () => ({}) }
const hops = { connection: 'keep-alive', 'keep-alive': 'timeout=5', 'x-kept': '1' }

test('what fetch has decoded goes without its old coding and length', async () => {
  const upstream = createServer((_, response) => {
    response.writeHead(200, { ...hops, 'content-encoding': 'gzip' }).end(gzipSync('hello'))
  }).listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  const address = upstream.address()
  if (typeof address !== 'object' || !address) throw new Error('It has no address.')
  const lambda = createLambda(() => fetch(`http://127.0.0.1:${address.port}/`), options)
  const result = await lambda(event)
  upstream.closeAllConnections()
  upstream.close()
  expect(result).toMatchObject({ body: 'hello', multiValueHeaders: { 'x-kept': ['1'] } })
  expect(JSON.stringify(result)).not.toMatch(/content-encoding|content-length|connection|keep-al/)
})

test('what a handler has compressed itself passes as it is', async () => {
  const headers = { 'content-encoding': 'gzip', ...hops }
  const result = await createLambda(() => new Response(gzipSync('x'), { headers }), options)(event)
  expect(result).toMatchObject({
    isBase64Encoded: true,
    multiValueHeaders: { 'content-encoding': ['gzip'], 'x-kept': ['1'] },
  })
  expect(JSON.stringify(result)).not.toMatch(/keep-alive/)
})
