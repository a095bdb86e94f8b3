import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { ask } from '../client.ts'
import { open } from '../wire.ts'
import { eventually, named, type ServeCase } from './case.ts'

const legacyAbort = {
  deno: {
    reason: 'Deno aborts the signal after every response, unless --unstable-no-legacy-abort is set',
    upstream: 'https://docs.deno.com/go/unstable-no-legacy-abort',
  },
}

export const streams: ServeCase[] = [
  {
    name: 'the header of a stream is sent before its first chunk',
    async run(url) {
      const request = named(url)
      const wire = await open(url)
      wire.send(request.head('GET /late', 'Connection: close\r\n'))
      expect(await wire.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 200 /)
      await request.release()
      expect(await wire.ended()).toContain('late')
    },
    deviations: {
      bun: {
        reason: 'Bun keeps the end of the header back until then',
        upstream: 'https://github.com/oven-sh/bun/pull/33660',
      },
    },
  },
  {
    name: 'a stream is sent chunk by chunk, not at its end',
    async run(url) {
      const request = named(url)
      const wire = await open(url)
      wire.send(request.head('GET /stepwise', 'Connection: close\r\n'))
      expect(await wire.until(/first/)).not.toContain('second')
      await request.release()
      expect(await wire.ended()).toMatch(/second[^]*\r\n0\r\n\r\n$/)
    },
  },
  {
    name: 'a connection is used again after a stream',
    async run(url) {
      const request = named(url)
      await request.release()
      const wire = await open(url)
      wire.send(request.head('GET /stepwise'))
      await wire.until(/second/)
      wire.send(request.head('GET /unread', 'Connection: close\r\n'))
      expect(await wire.ended()).toMatch(/second[^]*unread/)
    },
  },
  {
    name: 'a slow reader slows the stream down',
    async run(url) {
      const request = named(url)
      const wire = await open(url)
      wire.socket.pause()
      wire.send(request.head('GET /endless'))
      let pulls = -1
      await eventually(async () => {
        const before = pulls
        pulls = (await request.events()).length
        await sleep(100)
        return pulls > 0 && pulls === before
      })
      wire.socket.resetAndDestroy()
      // In megabytes: what the kernel's buffers and the server's own may hold.
      expect((pulls * 65_536) / 1e6).toBeLessThan(64)
    },
  },
  {
    name: 'an upload that nobody reads is not taken into memory',
    async run(url) {
      const wire = await open(url)
      wire.send(named(url).head('POST /never', 'Content-Length: 1000000000\r\n'))
      const megabyte = 'x'.repeat(1_000_000)
      let megabytes = 0
      wire.socket.on('drain', () => (megabytes += 1))
      wire.socket.on('drain', () => wire.socket.write(megabyte))
      wire.socket.write(megabyte)
      let before = -1
      await eventually(async () => {
        const still = megabytes === before
        before = megabytes
        await sleep(100)
        return still
      })
      wire.socket.resetAndDestroy()
      expect(megabytes).toBeLessThan(64)
    },
  },
  {
    name: 'HEAD cancels a stream without reading it',
    async run(url) {
      const request = named(url)
      const { headers } = request
      const { status } = await ask(url, '/stuck', { method: 'HEAD', headers })
      expect(status).toBe(200)
      await eventually(async () => (await request.events()).includes('cancel'))
    },
  },
  {
    name: 'a stream that flows is cancelled when the client leaves',
    async run(url) {
      const request = named(url)
      const wire = await open(url)
      wire.send(request.head('GET /endless'))
      await wire.until(/x{1000}/)
      wire.socket.resetAndDestroy()
      await eventually(async () => (await request.events()).includes('cancel'))
    },
  },
  {
    name: 'a stream that waits is cancelled when the client leaves',
    async run(url) {
      const request = named(url)
      const wire = await open(url)
      wire.send(request.head('GET /stuck'))
      await wire.until(/first/)
      wire.socket.destroy()
      await eventually(async () => (await request.events()).includes('cancel'))
    },
  },
  {
    name: 'request.signal is aborted when the client leaves before the response',
    async run(url) {
      const request = named(url)
      const wire = await open(url)
      wire.send(request.head('GET /never'))
      await eventually(async () => (await request.events()).includes('begin'))
      wire.socket.destroy()
      await eventually(async () => (await request.events()).includes('abort'))
    },
  },
  {
    name: 'request.signal is aborted when the client leaves in the middle of the response',
    async run(url) {
      const request = named(url)
      const wire = await open(url)
      wire.send(request.head('GET /signal-stream'))
      await wire.until(/first/)
      wire.socket.destroy()
      await eventually(async () => (await request.events()).includes('abort'))
    },
  },
  {
    name: 'request.signal is not aborted when the client leaves after the response',
    async run(url) {
      const request = named(url)
      const { headers } = request
      await ask(url, '/signal-done', { headers })
      await sleep(50)
      expect(await request.events()).toEqual(['done'])
    },
    deviations: legacyAbort,
  },
]
