import { expect } from 'vitest'
import { ask } from './contract.ts'
import { exchange, open } from '../wire.ts'
import { type Case, onLambda } from './case.ts'

const json = { 'content-type': 'application/json' }

/** The header of a raw request. */
function head(url: string, line: string): string {
  return `${line} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: close\r\n\r\n`
}

async function begin(url: string, wanted: object) {
  return ask(url, '/faults', { method: 'POST', headers: json, body: JSON.stringify(wanted) })
}

const larger = 16_777_216
const buffers = onLambda({
  reason: 'Lambda sends nothing before all of a response is there, so it answers 501',
  upstream: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
})

export const faultsCases: Case[] = [
  ...[200, 202, 299, 301, 302, 400, 401, 404, 418, 429, 500, 502, 503, 599].map((code): Case => ({
    name: `/status/${code} is ${code}, for GET and POST`,
    async run({ url }) {
      for (const method of ['GET', 'POST']) {
        const { status, headers, body } = await ask(url, `/status/${code}`, { method })
        expect(status).toBe(code)
        expect(headers['x-content-type-options']).toBe('nosniff')
        expect(headers['served-by']).toBeDefined()
        expect(JSON.parse(body)).toMatchObject({ status: code })
      }
    },
  })),
  ...[204, 205, 304].map((code): Case => ({
    name: `/status/${code} is ${code} without content`,
    async run({ url }) {
      const received = await exchange(url, head(url, `GET /status/${code}`))
      expect(received).toMatch(RegExp(`^HTTP/1.1 ${code} [^]*\r\n\r\n(0\r\n\r\n)?$`))
    },
  })),
  {
    name: '/status out of 200 to 599 is 400 with the range',
    async run({ url }) {
      for (const code of ['199', '600', 'x', '']) {
        const { status, body } = await ask(url, `/status/${code}`)
        expect([status, body]).toEqual([400, expect.stringContaining('from 200 to 599')])
      }
    },
  },
  {
    name: '/delay/{seconds} answers after that time',
    async run({ url }) {
      const start = performance.now()
      const { status, body } = await ask(url, '/delay/0.3')
      expect([status, body]).toEqual([200, '{"delay":0.3}'])
      // A timer may come a millisecond early.
      expect(performance.now() - start).toBeGreaterThan(295)
    },
  },
  {
    name: '/delay/{seconds} whose client leaves harms nobody',
    async run({ url }) {
      const wires = await Promise.all(Array.from({ length: 20 }, () => open(url)))
      for (const wire of wires) wire.send(head(url, 'GET /delay/600'))
      expect((await ask(url)).status).toBe(200)
      for (const { socket } of wires) socket.resetAndDestroy()
      expect((await ask(url)).status).toBe(200)
    },
  },
  {
    name: '/delay out of 0 to 600 is 400 with the range',
    async run({ url }) {
      for (const delay of ['601', '-1', 'x']) {
        const { status, body } = await ask(url, `/delay/${delay}`)
        expect([status, body]).toEqual([400, expect.stringContaining('from 0 to 600')])
      }
    },
  },
  {
    name: 'a long /delay and a large /bytes are 501 where nothing is sent before all is there',
    async run({ url, runtime }) {
      if (!runtime.id.startsWith('lambda')) return
      for (const path of ['/delay/600', '/bytes/104857600', '/bytes/1?over=600'])
        expect((await ask(url, path)).status).toBe(501)
    },
  },
  ...[0, 1, 65_536, 1_000_000].map((size): Case => ({
    name: `GET /bytes/${size} is exactly ${size} bytes`,
    async run({ url }) {
      const { status, headers, body } = await ask(url, `/bytes/${size}`)
      expect([status, headers['content-type']]).toEqual([200, 'application/octet-stream'])
      expect(body).toHaveLength(size)
    },
  })),
  {
    name: 'GET /bytes/{n} says its length',
    async run({ url }) {
      const { headers } = await ask(url, '/bytes/100000')
      expect(headers['content-length']).toBe('100000')
    },
    deviations: {
      bun: {
        reason: 'Bun drops the length of a stream and sends it in chunks',
        upstream: 'https://github.com/oven-sh/bun/issues/10507',
      },
      workers: {
        reason:
          'the length of a stream is known only of a FixedLengthStream, so it comes in chunks',
        upstream:
          'https://developers.cloudflare.com/workers/runtime-apis/streams/transformstream/#fixedlengthstream',
      },
    },
  },
  {
    name: 'GET /bytes/16777216 is exactly as many bytes',
    async run({ url }) {
      expect((await ask(url, `/bytes/${larger}`)).body).toHaveLength(larger)
    },
    deviations: buffers,
  },
  {
    name: 'GET /bytes/{n}?over= takes that time',
    async run({ url }) {
      const start = performance.now()
      const { body } = await ask(url, '/bytes/1000?over=0.5')
      expect(body).toHaveLength(1000)
      expect(performance.now() - start).toBeGreaterThan(495)
    },
  },
  {
    name: 'GET /bytes out of range is 400 with the range',
    async run({ url }) {
      for (const path of ['/bytes/104857601', '/bytes/x', '/bytes/1?over=601'])
        expect((await ask(url, path)).status).toBe(400)
    },
  },
  {
    name: 'POST /faults makes this replica unready, and DELETE ends it',
    async run({ url }) {
      const begun = await begin(url, { unready: true, for: 5 })
      expect(begun.status).toBe(200)
      expect(JSON.parse(begun.body)).toMatchObject({ unready: true, latencyMs: 0, errorRate: 0 })
      expect((await ask(url, '/readyz')).status).toBe(503)
      expect((await ask(url, '/livez')).status).toBe(200)
      expect((await ask(url, '/faults', { method: 'DELETE' })).status).toBe(204)
      expect((await ask(url, '/readyz')).status).toBe(200)
    },
  },
  {
    name: 'POST /faults makes answers fail, but for /livez and /readyz',
    async run({ url }) {
      await begin(url, { errorRate: 1, for: 5 })
      const { status, headers } = await ask(url)
      expect([status, headers['content-type']]).toEqual([500, 'application/problem+json'])
      for (const path of ['/livez', '/readyz']) expect((await ask(url, path)).status).toBe(200)
      await ask(url, '/faults', { method: 'DELETE' })
      expect((await ask(url)).status).toBe(200)
    },
  },
  {
    name: 'POST /faults out of range is 400 with the range, and not JSON 415',
    async run({ url }) {
      const { status, body } = await begin(url, { latencyMs: 60_001 })
      expect([status, body]).toEqual([400, expect.stringContaining('from 0 to 60000')])
      const text = await ask(url, '/faults', { method: 'POST', body: '{}' })
      expect(text.status).toBe(415)
    },
  },
]
