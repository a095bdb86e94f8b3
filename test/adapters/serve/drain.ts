import * as v from 'valibot'
import { expect } from 'vitest'
import { ask } from '../client.ts'
import { exchange, open, type Wire } from '../wire.ts'
import { eventually, named, type ServeCase } from './case.ts'

const report = v.object({ requests: v.number(), lastRequestAfter: v.number(), cut: v.number() })

/** The report of the drain, in what the fixture printed. */
function reportIn(output: string) {
  return v.parse(report, JSON.parse(/^\{"requests".*$/m.exec(output)?.[0] ?? ''))
}

/** A connection on which a request has been answered, and that is idle now. */
async function idle(url: string): Promise<Wire> {
  const wire = await open(url)
  wire.send(named(url).head('GET /unread'))
  await wire.until(/unread/)
  return wire
}

async function listens(url: string): Promise<boolean> {
  return open(url).then(
    ({ socket }) => {
      socket.destroy()
      return true
    },
    () => false,
  )
}

/** Each in a process of its own. Seconds: a delay to look around in, a time-out never reached. */
const env = { DRAIN_DELAY: '0.5', DRAIN_TIMEOUT: '3600' }

export const draining: ServeCase[] = [
  {
    name: 'during the delay requests are served, on new and on old connections, and told to close',
    env,
    async run(url, child) {
      const kept = await idle(url)
      await ask(url, '/drain')
      const fresh = await ask(url, '/unread')
      expect([fresh.status, fresh.headers['connection']]).toEqual([200, 'close'])
      kept.send(named(url).head('GET /request'))
      expect(await kept.until(/"method"/)).toMatch(/^connection: close$/im)
      const { code, output } = await child.ended
      expect(code).toBe(0)
      expect(reportIn(output)).toMatchObject({ requests: 2, cut: 0 })
      expect(reportIn(output).lastRequestAfter).toBeGreaterThan(0)
    },
  },
  {
    name: 'during the delay the server ends each connection after its response',
    env,
    async run(url) {
      const kept = await idle(url)
      await ask(url, '/drain')
      kept.send(named(url).head('GET /unread') + named(url).head('GET /unread'))
      expect((await kept.ended()).match(/HTTP\/1\.1 200/g)).toHaveLength(2)
    },
    deviations: {
      deno: {
        reason: 'Deno goes on serving on a connection after `Connection: close`',
        upstream: 'https://github.com/denoland/deno/issues/9411',
      },
    },
  },
  {
    name: 'after the delay nobody can connect, and what is in flight is finished',
    env: { ...env, DRAIN_DELAY: '0' },
    async run(url, child) {
      const request = named(url)
      const wire = await open(url)
      wire.send(request.head('GET /delayed'))
      await eventually(async () => (await request.events()).includes('begin'))
      await ask(url, '/drain')
      await eventually(async () => !(await listens(url)))
      expect(await wire.ended()).toMatch(/^HTTP\/1\.1 200 [^]*delayed/)
      const { code, output } = await child.ended
      expect([code, reportIn(output).cut]).toEqual([0, 0])
    },
  },
  {
    name: 'a connection that was made just before the delay ended gets its first response',
    env: { ...env, DRAIN_DELAY: '0' },
    async run(url, child) {
      const made = await open(url)
      await ask(url, '/drain')
      await eventually(async () => !(await listens(url)))
      made.send(named(url).head('GET /unread'))
      expect(await made.ended()).toMatch(/^HTTP\/1\.1 200 [^]*unread/)
      const { code, output } = await child.ended
      expect([code, reportIn(output).cut]).toEqual([0, 0])
    },
    deviations: {
      bun: {
        reason: 'Bun closes connections without a request when it stops',
        upstream: 'https://github.com/oven-sh/bun/pull/37074',
      },
      deno: {
        reason: 'Deno closes connections without a request when it stops',
        upstream: 'https://github.com/denoland/deno/pull/31959',
      },
    },
  },
  {
    name: 'a stream in flight is finished, and its connection ends then',
    env: { ...env, DRAIN_DELAY: '0' },
    async run(url, child) {
      const wire = await open(url)
      wire.send(named(url).head('GET /delayed-stream'))
      await wire.until(/first/)
      await ask(url, '/drain')
      expect(await wire.ended()).toMatch(/last[^]*\r\n0\r\n\r\n$/)
      expect((await child.ended).code).toBe(0)
    },
  },
  {
    name: 'what is still in flight after the time-out is cut and counted',
    env: { DRAIN_DELAY: '0', DRAIN_TIMEOUT: '0.2' },
    async run(url, child) {
      const stuck = await open(url)
      stuck.send(named(url).head('GET /stuck'))
      await stuck.until(/first/)
      const request = named(url)
      const never = await open(url)
      never.send(request.head('GET /never'))
      await eventually(async () => (await request.events()).includes('begin'))
      await ask(url, '/drain')
      expect(await stuck.ended()).not.toMatch(/\r\n0\r\n\r\n$/)
      expect(await never.ended()).toBe('')
      const { code, output } = await child.ended
      expect([code, reportIn(output).cut]).toEqual([0, 2])
    },
  },
  {
    name: 'connections that are idle, silent or stuck in a request hold nothing up',
    env: { ...env, DRAIN_DELAY: '0' },
    async run(url, child) {
      await open(url)
      await idle(url)
      const stuck = await open(url)
      stuck.send('GET / HTTP/1.1\r\nHost:')
      await ask(url, '/drain')
      await stuck.ended()
      expect((await child.ended).code).toBe(0)
    },
  },
  {
    name: 'a port that is taken stops the start with one sentence and exit code 2',
    env,
    async run(url, child) {
      const { port } = new URL(url)
      const { code, output } = await child.again({ PORT: port })
      expect(code).toBe(2)
      expect(output).toBe(
        `Port ${port} is already in use; stop what listens there, or set PORT to another one.\n`,
      )
      expect(await exchange(url, named(url).head('GET /unread', 'Connection: close\r\n'))).toMatch(
        /unread/,
      )
    },
  },
]
