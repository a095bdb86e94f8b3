import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Pool } from 'undici'
import { expect } from 'vitest'
import { ask } from './contract.ts'
import { exchange } from '../wire.ts'
import type { Case } from './case.ts'

const megabyte = 'x'.repeat(1_000_000)

/** Opens a connection, sends something and breaks the connection off. */
async function breakOff(url: string, sent: string): Promise<void> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write(sent)
  await sleep(20)
  socket.resetAndDestroy()
}

export const traffic: Case[] = [
  {
    name: 'a connection takes many requests',
    async run({ url }) {
      const dispatcher = new Client(url)
      const opened: unknown[] = []
      dispatcher.on('connect', (origin) => opened.push(origin))
      for (let i = 0; i < 50; i += 1)
        expect((await ask(url, '/livez', { dispatcher })).status).toBe(200)
      await dispatcher.close()
      expect(opened).toHaveLength(1)
    },
  },
  {
    name: '200 requests at once over 50 connections are all answered',
    async run({ url }) {
      const dispatcher = new Pool(url, { connections: 50 })
      const replies = await Promise.all(
        Array.from({ length: 200 }, () => ask(url, '/', { dispatcher })),
      )
      await dispatcher.close()
      const counts = replies.map(
        ({ headers }) => /;n=(\d+)/.exec(String(headers['served-by']))?.[1],
      )
      expect(new Set(counts).size).toBe(200)
      expect(replies.every(({ status }) => status === 200)).toBe(true)
    },
  },
  {
    name: 'an upload of a megabyte is refused with 405',
    async run({ url }) {
      const { status } = await ask(url, '/', { method: 'POST', body: megabyte })
      expect(status).toBe(405)
    },
  },
  {
    name: 'an upload in chunks is refused with 405, at its end or before',
    async run({ url }) {
      const head = `POST / HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: close\r\n`
      const chunk = `3e8\r\n${megabyte.slice(0, 1000)}\r\n`
      const received = await exchange(
        url,
        `${head}Transfer-Encoding: chunked\r\n\r\n`,
        ...Array.from({ length: 16 }, () => chunk),
        '0\r\n\r\n',
      )
      expect(received).toMatch(/^HTTP\/1\.1 405 /)
    },
  },
  {
    name: 'a GET with content is answered, and what follows is not taken for a request',
    async run({ url }) {
      const { host } = new URL(url)
      const content = 'GET /nope HTTP/1.1\r\n\r\n'
      const received = await exchange(
        url,
        `GET /livez HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${content.length}\r\n\r\n${content}` +
          `GET /version HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      )
      expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200'])
    },
  },
  {
    name: 'the field of a request may be long, and fields may be many and repeated',
    async run({ url }) {
      const headers = Object.fromEntries(
        Array.from({ length: 50 }, (_, i) => [`x-${i}`, ['a'.repeat(50), 'b']]),
      )
      const cookie = 'c='.padEnd(2000, 'x')
      expect((await ask(url, '/', { headers: { ...headers, cookie } })).status).toBe(200)
    },
  },
  {
    name: 'a client that leaves before its request is whole harms nobody',
    async run({ url }) {
      const { host } = new URL(url)
      await breakOff(url, `GET / HTTP/1.1\r\nHost: ${host}\r\n`)
      expect((await ask(url)).status).toBe(200)
    },
  },
  {
    name: 'a client that leaves in the middle of its upload harms nobody',
    async run({ url }) {
      const { host } = new URL(url)
      await breakOff(url, `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 100000\r\n\r\nabc`)
      expect((await ask(url)).status).toBe(200)
    },
  },
  {
    name: 'clients that leave without reading their responses harm nobody',
    async run({ url }) {
      const { host } = new URL(url)
      const requests = `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(50)
      await Promise.all(Array.from({ length: 10 }, () => breakOff(url, requests)))
      expect((await ask(url)).status).toBe(200)
    },
  },
  {
    name: 'connections that send nothing keep nobody waiting',
    async run({ url }) {
      const { hostname, port } = new URL(url)
      const silent = Array.from({ length: 20 }, () => connect(Number(port), hostname))
      await Promise.all(silent.map((socket) => once(socket, 'connect')))
      expect((await ask(url)).status).toBe(200)
      for (const socket of silent) socket.destroy()
    },
  },
  {
    name: 'a client that ends its side after the request gets its answer',
    async run({ url }) {
      const { hostname, port, host } = new URL(url)
      const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true })
      let received = ''
      socket.on('data', (bytes) => (received += bytes.toString()))
      socket.on('error', () => undefined)
      socket.end(`GET /livez HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      await once(socket, 'close')
      expect(received).toContain('alive')
    },
  },
]
