import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { EndedRequest } from '../../../../src/adapters/node/connections.ts'
import { createMetrics } from '../../../../src/adapters/node/observe/metrics.ts'
import { testReplica } from '../../../handler/test-replica.ts'
import { connectTo, request } from '../raw-client.ts'
import { serveHere } from '../serve-here.ts'

/** A stream of two chunks with a pause in between. */
function halves(pause: () => Promise<unknown>): ReadableStream {
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode('half'))
      await pause()
      controller.enqueue(new TextEncoder().encode('half'))
      controller.close()
    },
  })
}

test('the duration is that of the whole response', async () => {
  const ended = Promise.withResolvers<EndedRequest>()
  const { url } = await serveHere(() => new Response(halves(() => setTimeout(100))), {
    onRequestEnd: ended.resolve,
  })
  const client = await connectTo(url)
  client.send(request('GET /'))
  await client.receive(/0\r\n\r\n$/)
  const { seconds, aborted } = await ended.promise
  expect(seconds).toBeGreaterThan(0.09)
  expect(aborted).toBe(false)
})

test('a client that leaves before the end is an abort, in the metrics too', async () => {
  const ended = Promise.withResolvers<EndedRequest>()
  const forever = Promise.withResolvers<undefined>()
  const { url } = await serveHere(() => new Response(halves(() => forever.promise)), {
    onRequestEnd: ended.resolve,
  })
  const client = await connectTo(url)
  client.send(request('GET /version'))
  await client.receive(/half\r\n$/)
  client.socket.destroy()
  const over = await ended.promise
  forever.resolve(undefined)
  expect(over.aborted).toBe(true)

  const { observe, routes } = createMetrics(testReplica())
  observe(over)
  const page = await routes['/metrics']?.['GET']?.(testReplica(), {
    request: new Request(url),
    connection: {},
    parameter: '',
  })
  const labels = 'method="GET",route="/version"'
  expect(page?.body).toContain(`http_requests_aborted_total{${labels}} 1\n`)
  expect(page?.body).toContain(`http_requests_total{${labels},status="200"} 1\n`)
})
