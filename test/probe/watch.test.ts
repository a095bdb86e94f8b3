import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { runInShell, runProbe, spawnProbe } from './run-probe.ts'
import { closedUrl, startHttp } from './targets.ts'
import { startWatch } from './watching.ts'

/** The samples of a text in Prometheus' format. */
async function scrape(metrics: string): Promise<Partial<Record<string, number>>> {
  const text = await (await fetch(metrics)).text()
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    samples.map((line) => {
      const space = line.lastIndexOf(' ')
      return [line.slice(0, space), Number(line.slice(space))]
    }),
  )
}

const startNamed = () =>
  startHttp((_request, response) => response.setHeader('Served-By', '"web-1"').end())

test('it goes on where nothing listens, says so once, and says when that is over', async () => {
  const url = await closedUrl()
  const { child, ended, told, metrics } = await startWatch(url.href, '--rate', '50')
  expect((await told('outage')).sentence).toMatch(/^nothing succeeds since .+Nothing listens there/)
  expect((await scrape(metrics))['served_by_probe_condition{condition="outage"}']).toBe(1)

  const server = createServer((_request, response) => response.end()).listen(Number(url.port))
  onTestFinished(() => void server.close())
  await told('outage-over')
  expect((await scrape(metrics))['served_by_probe_condition{condition="outage"}']).toBe(0)
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
})

test('its numbers are those of the target', async () => {
  let requests = 0
  // Nothing ends any more after thirty.
  const url = await startHttp((_request, response) => {
    requests += 1
    if (requests <= 30) response.setHeader('Served-By', `"web-${requests % 2}"`).end()
  })
  const watch = await startWatch(url.href, '--rate', '50', '--timeout', '1h')
  await watch.told('begun')
  const answered = async () =>
    (await scrape(watch.metrics))['served_by_probe_responses_total{status="200"}'] ?? 0
  while ((await answered()) < 30) await sleep(50)
  expect(await scrape(watch.metrics)).toMatchObject({
    served_by_probe_requests_total: 30,
    served_by_probe_duration_seconds_count: 30,
    'served_by_probe_answers_total{replica="web-0"}': 15,
    'served_by_probe_answers_total{replica="web-1"}': 15,
    served_by_probe_replicas: 2,
  })
  watch.child.kill('SIGINT')
  const { code, stderr } = await watch.ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(watch.lines.map(({ change }) => change)).toEqual(['begun', 'ended'])
  expect(watch.lines.at(-1)?.sentence).toMatch(/: 30 requests, 0 lost \(0\.0 %\)$/)
})

test('each request has a connection of its own', async () => {
  const connections = new Set<unknown>()
  let answers = 0
  const url = await startHttp(({ socket }, response) => {
    connections.add(socket)
    answers += 1
    response.end()
  })
  const { told } = await startWatch(url.href, '--rate', '50')
  await told('begun')
  while (answers < 20) await sleep(50)
  expect(connections.size).toBe(answers)
})

test('its port serves /metrics to GET and HEAD, and nothing else', async () => {
  const url = await startNamed()
  const { metrics, told } = await startWatch(url.href)
  await told('begun')
  const [get, head, post, other] = await Promise.all([
    fetch(metrics),
    fetch(metrics, { method: 'HEAD' }),
    fetch(metrics, { method: 'POST', body: 'x' }),
    fetch(new URL('/', metrics)),
  ])
  expect([get.status, head.status, post.status, other.status]).toEqual([200, 200, 405, 404])
  expect(get.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(post.headers.get('allow')).toBe('GET, HEAD')
  expect(await head.text()).toBe('')
})

test('a port that is taken is said, with what to do', async () => {
  const url = await startNamed()
  const { code, stdout, stderr } = await runProbe('watch', url.href, '--metrics-port', url.port)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toBe(
    `error: Port ${url.port} is taken, so the metrics cannot be served there: end what listens on it, or choose another with --metrics-port.\n`,
  )
})

test('the time that it is held up itself is no failure of the target', async () => {
  // Slow enough for several to be in flight at any time.
  const url = await startHttp((_request, response) => {
    setTimeout(() => response.setHeader('Served-By', '"web-1"').end(), 300)
  })
  const how = ['--timeout', '1s', '--rate', '20']
  const { child, ended, told, lines } = await startWatch(url.href, ...how)
  await told('begun')
  await sleep(1000)
  child.kill('SIGSTOP')
  await sleep(4000)
  child.kill('SIGCONT')
  expect((await told('held-up')).sentence).toMatch(/held up for \d s; \d+ requests/)
  child.kill('SIGTERM')
  await ended
  expect(lines.at(-1)?.sentence).toMatch(/, 0 lost/)
})

test('people get the time of day, and a line for each date', async () => {
  const url = await startNamed()
  const { child, ended } = spawnProbe('watch', url.href, '--metrics-port', '19465')
  if (!child.stdout) throw new Error('no standard output')
  await once(child.stdout, 'data')
  child.kill('SIGTERM')
  expect((await ended).stdout).toMatch(
    /^\d{4}-\d\d-\d\d\n\d\d:\d\d:\d\d watching GET http:.+: 5 a second; metrics on port 19465\n\d\d:\d\d:\d\d watched since [-\d]+ [:\d]+: \d+ requests?, 0 lost.*\n$/,
  )
})

test('it ends when nobody reads its lines', async () => {
  const url = await startNamed()
  const command = `$probe watch ${url.href} --metrics-port 19466 --timeout 1s`
  const { code, stdout } = await runInShell(`(${command}; echo ended >&2) | head -n 1`)
  expect({ code, lines: stdout.split('\n').length }).toEqual({ code: 0, lines: 2 })
})
