import { expect } from 'vitest'
import { ask } from './contract.ts'
import { open } from '../wire.ts'
import { type Case, onLambda } from './case.ts'

const buffers = onLambda({
  reason: 'Lambda sends nothing before all of a response is there, so it answers 501',
  upstream:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html',
})

/** Asks for a stream, and gives the connection when so many events have come on it. */
async function openStream(url: string, path: string, events: number) {
  const wire = await open(url)
  wire.send(`GET ${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`)
  // Another response is no stream, and nothing more comes of it.
  expect(await wire.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  const received = await wire.until(RegExp(`(data: [^]*){${events}}\n\n`))
  return { ...wire, received }
}

export const eventsCases: Case[] = [
  {
    name: 'GET /events is a stream of the answers of /, with ids, the first one at once',
    async run({ url, replicaName }) {
      const { socket, received } = await openStream(url, '/events?interval=0.1', 3)
      socket.destroy()
      expect(received).toMatch(/^content-type: text\/event-stream\r$/im)
      expect(received).toMatch(/^x-accel-buffering: no\r$/im)
      const event = `data: \\{"timestamp":\\d+(\\.\\d+)?,"hostname":"${replicaName}"\\}\n\n`
      expect(received).toMatch(RegExp(`retry: 500\nid: b[0-9a-f]{8}-1\n${event}`))
      expect(received).toMatch(RegExp(`id: b[0-9a-f]{8}-3\n${event}`))
    },
    deviations: buffers,
  },
  {
    name: 'clients that leave their streams harm nobody',
    async run({ url }) {
      const path = '/events?interval=0.1'
      const streams = await Promise.all(Array.from({ length: 50 }, () => openStream(url, path, 1)))
      for (const { socket } of streams) socket.resetAndDestroy()
      expect((await ask(url)).status).toBe(200)
    },
    deviations: buffers,
  },
  {
    name: 'a replica that drains says so on its streams at once, and ends them after the delay',
    env: { DRAIN_DELAY: '1', DRAIN_TIMEOUT: '3600' },
    async run({ url }, child) {
      // The next tick would come too late for the test.
      const path = '/events?interval=60'
      const old = await openStream(url, path, 1)
      const end = child.stop()
      expect(await old.until(/event: draining\n/)).toMatch(
        /\nevent: draining\nid: b[0-9a-f]{8}-2\n/,
      )
      const late = await openStream(url, path, 1)
      expect(late.received).toMatch(
        /^HTTP\/1\.1 200 OK\r\n[^]*retry: 500\nevent: draining\nid: b[0-9a-f]{8}-1\n/,
      )
      expect(old.socket.closed).toBe(false)
      // Both as they should: with their last chunk.
      for (const stream of [old, late]) expect(await stream.ended()).toMatch(/\r\n0\r\n\r\n$/)
      const { code, output } = await end
      expect(code).toBe(0)
      expect(output).toMatch(/"timedOut":false,"cut":0,"msg":"drained"/)
    },
    deviations: {
      ...buffers,
      workers: {
        reason: 'Cloudflare tells a Worker nothing before it ends it, so there is no drain',
        upstream: 'https://developers.cloudflare.com/workers/reference/how-workers-works/',
      },
    },
  },
  {
    name: 'HEAD /events is the header without the stream',
    async run({ url }) {
      const { status, headers, body } = await ask(url, '/events', { method: 'HEAD' })
      expect([status, headers['content-type'], body]).toEqual([200, 'text/event-stream', ''])
    },
    deviations: buffers,
  },
  {
    name: 'GET /events is 501 where nothing is sent before all is there, never a hang',
    async run({ url, runtime }) {
      if (!runtime.id.startsWith('lambda')) return
      const { status, headers } = await ask(url, '/events')
      expect([status, headers['content-type']]).toEqual([501, 'application/problem+json'])
    },
  },
  {
    name: 'GET /events?interval= out of 0.1 to 60 is 400 with the range',
    async run({ url }) {
      for (const interval of ['0', '61', 'x']) {
        const { status, body } = await ask(url, `/events?interval=${interval}`)
        expect([status, body]).toEqual([400, expect.stringContaining('from 0.1 to 60')])
      }
    },
    deviations: buffers,
  },
]
