import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { connectTo, request } from './raw-client.ts'
import { scrape } from './scrape.ts'
import { main, startServer } from './spawn-server.ts'

describe.for(['SIGTERM', 'SIGINT'] as const)('on %s', (signal) => {
  test('it goes on serving for the delay, saying so, then exits with 0', async () => {
    const { child, ended, log, logged, url } = await startServer([main], { DRAIN_DELAY: '1' })
    const kept = await connectTo(url)
    kept.send(request('GET /'))
    expect(await kept.receive(/\}$/)).toMatch(/\r\nConnection: keep-alive\r\n/i)
    child.kill(signal)
    await logged('draining')

    expect((await fetch(`${url}livez`)).status).toBe(200)
    expect((await fetch(`${url}readyz`)).status).toBe(503)
    expect((await fetch(`${url}nowhere`)).headers.get('served-by')).toMatch(/;draining$/)
    kept.send(request('GET /'))
    const onKept = (await kept.closed).slice((await kept.receive(/\}HTTP/)).indexOf('}HTTP') + 1)
    expect(onKept).toMatch(/^HTTP\/1.1 200 OK\r\n/)
    expect(onKept).toMatch(/\r\nconnection: close\r\n/i)
    expect(onKept).toMatch(/\r\nserved-by: .*;draining\r\n/i)

    const { code, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    // The two health checks are not among them.
    expect(log.at(-1)).toMatchObject({ msg: 'drained', requests: 2, fittingDrainDelay: 2, cut: 0 })
  })
})

test('a client that keeps sending is told in each answer to use another connection', async () => {
  const { child, ended, log, logged, url } = await startServer([main], { DRAIN_DELAY: '1' })
  child.kill('SIGTERM')
  await logged('draining')
  let sent = 0
  for (;;) {
    const client = await connectTo(url).catch(() => undefined)
    if (!client) break
    client.send(request('GET /'))
    const answer = await client.closed
    // The one that was on its way when the server stopped to listen.
    if (answer === '') break
    sent += 1
    expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n(.+\r\n)*connection: close\r\n/i)
    expect(answer).toMatch(/\r\nserved-by: .*;draining\r\n/i)
  }
  expect((await ended).code).toBe(0)
  const last = log.at(-1)
  expect(last).toMatchObject({ msg: 'drained', requests: sent })
  // A whole second and more after the last one, however late that was on this machine.
  expect(last?.['fittingDrainDelay']).toBe(Math.ceil(Number(last?.['lastRequestAfter']) + 1))
  expect(last?.['lastRequestAfter']).toBeGreaterThan(0)
})

test('past DRAIN_TIMEOUT it cuts what is left, says so and exits with 0', async () => {
  const env = { DRAIN_DELAY: '0', DRAIN_TIMEOUT: '0.5' }
  const { child, ended, log, url, metrics } = await startServer([main], env)
  const client = await connectTo(url)
  client.socket.pause()
  // More answers than the buffers of two sockets hold, for a client that does not read them.
  client.send(request('GET /').repeat(30_000))
  await stuck(metrics)
  child.kill('SIGTERM')
  // Asked as Prometheus does, which would otherwise never know.
  let last = await scrape(metrics)
  const ofCut = 'served_by_requests_cut_total'
  while (last.get(ofCut) === 0) last = await scrape(metrics)
  expect([last.get(ofCut), last.get('served_by_drains_timed_out_total')]).toEqual([1, 1])
  expect((await ended).code).toBe(0)
  expect(log.at(-1)).toMatchObject({ msg: 'drained', timedOut: true, cut: 1 })
})

/** Resolves when requests are in flight and none of them ends any more. */
async function stuck(metrics: string): Promise<void> {
  const served = 'http_requests_total{method="GET",route="/",status="200"}'
  for (let before = 0, same = 0; same < 10;) {
    await setTimeout(100)
    const samples = await scrape(metrics)
    const now = samples.get(served) ?? 0
    same = now === before && samples.get('http_requests_in_flight') !== 0 ? same + 1 : 0
    before = now
  }
}

test('connections that are idle, or never sent a byte, do not hold the exit up', async () => {
  const env = { DRAIN_DELAY: '0', DRAIN_TIMEOUT: '3600' }
  const { child, ended, url } = await startServer([main], env)
  const silent = await connectTo(url)
  const idle = await connectTo(url)
  idle.send(request('GET /'))
  await idle.receive(/\}$/)
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
  expect(await silent.closed).toBe('')
})

test('a second signal ends it at once with exit code 1', async () => {
  const { child, ended, logged } = await startServer([main], { DRAIN_DELAY: '3600' })
  child.kill('SIGTERM')
  await logged('draining')
  child.kill('SIGTERM')
  expect((await ended).code).toBe(1)
})
