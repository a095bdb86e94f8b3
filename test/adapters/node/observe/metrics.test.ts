import { describe, expect, test } from 'vitest'
import { connectTo, request } from '../raw-client.ts'
import { scrape } from '../scrape.ts'
import { main, startServer } from '../spawn-server.ts'

function counted(labels: string): string {
  return `http_requests_total{${labels}}`
}

test('requests are counted and timed by method, route and status', async () => {
  const { url, metrics } = await startServer([main])
  await fetch(url)
  await fetch(url)
  await fetch(url, { method: 'HEAD' })
  await fetch(`${url}readyz`)
  await fetch(`${url}version`, { method: 'DELETE' })
  const samples = await scrape(metrics)
  expect(samples.get(counted('method="GET",route="/",status="200"'))).toBe(2)
  expect(samples.get(counted('method="HEAD",route="/",status="200"'))).toBe(1)
  expect(samples.get(counted('method="GET",route="/readyz",status="200"'))).toBe(1)
  expect(samples.get(counted('method="DELETE",route="/version",status="405"'))).toBe(1)
  const root = 'method="GET",route="/",status="200"'
  expect(samples.get(`http_request_duration_seconds_count{${root}}`)).toBe(2)
  expect(samples.get(`http_request_duration_seconds_bucket{le="+Inf",${root}}`)).toBe(2)
})

test('unknown paths and methods are folded: what a scanner sends does not grow the set', async () => {
  const { url, metrics } = await startServer([main])
  const series = async () =>
    [...(await scrape(metrics)).keys()].filter((name) => name.startsWith('http_re')).sort()
  const scan = async (word: string) => {
    await fetch(`${url}${word}`)
    await fetch(`${url}?${word}`)
    const client = await connectTo(url)
    client.send(request(`PURGE /${word}`))
    client.send(request(`GET //${word}/`))
    client.send(request(`GET http://host/${word}`))
    client.send(request('PROPFIND /', 'Connection: close\r\n\r\n'))
    await client.closed
  }
  await scan('first')
  const before = await series()
  expect(before).toContain(counted('method="other",route="unknown",status="404"'))
  expect(before).toContain(counted('method="other",route="/",status="405"'))
  for (const word of ['second', 'a%22b', '%0a', 'x'.repeat(500)]) await scan(word)
  expect(await series()).toEqual(before)
})

test('requests in flight, open connections, build and state are shown', async () => {
  const { child, url, metrics, logged } = await startServer([main], { DRAIN_DELAY: '3600' })
  const client = await connectTo(url)
  client.send(request('GET /'))
  await client.receive(/\}$/)
  const ready = await scrape(metrics)
  expect(ready.get('http_open_connections')).toBe(1)
  expect(ready.get('http_requests_in_flight')).toBe(0)
  expect(ready.get('served_by_draining')).toBe(0)
  const labels = `version="0.0.0",commit="source",runtime="node/${process.versions.node}"`
  expect(ready.get(`served_by_build_info{${labels}}`)).toBe(1)
  expect(ready.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0)
  expect(ready.get('process_resident_memory_bytes')).toBeGreaterThan(0)

  child.kill('SIGTERM')
  await logged('draining')
  expect((await scrape(metrics)).get('served_by_draining')).toBe(1)
})

describe('the two ports', () => {
  test('serve nothing of each other', async () => {
    const { url, metrics } = await startServer([main])
    expect((await fetch(`${url}metrics`)).status).toBe(404)
    for (const path of ['', 'livez', 'version'])
      expect((await fetch(`${metrics}${path}`)).status).toBe(404)
    const page = await fetch(`${metrics}metrics`)
    expect(page.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect((await scrape(metrics)).has(counted('method="GET",route="/metrics",status="200"'))).toBe(
      false,
    )
  })

  test('stay with each other: without METRICS_PORT there is no start', async () => {
    const { metrics } = await startServer([main])
    const { port } = new URL(metrics)
    await expect(startServer([main], { METRICS_PORT: port })).rejects.toThrow(
      `Port ${port} is already in use; stop what listens there, or set METRICS_PORT to another one.`,
    )
  })
})
