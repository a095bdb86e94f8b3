import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseReport } from './report-json.ts'
import { runProbe, spawnProbe } from './run-probe.ts'
import { closedUrl, startHttp, startTcp } from './targets.ts'

/** Three replicas in turn behind one address. @param asked is told of each request */
function startBalancer(asked?: (requests: number) => void): Promise<URL> {
  let n = 0
  return startHttp((_request, response) => {
    const replica = n++ % 3
    asked?.(n)
    response.setHeader('Served-By', `"web-${replica}";boot=b${replica};n=${n}`)
    response.end(JSON.stringify({ timestamp: Date.now() / 1000, hostname: `web-${replica}` }))
  })
}

async function temporaryFile(name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'probe-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  return join(directory, name)
}

test('a URL alone: a table on the standard output and nothing else, exit code 0', async () => {
  const { code, stdout, stderr } = await runProbe((await startBalancer()).href)
  expect(stdout).toMatch(/^web-2 +333 /m)
  expect(stdout).toMatch(/^Fine: 3 replicas, even, in turn; 1 000 of 1 000 answered\.\n/)
  expect(stdout).not.toContain('\u001b')
  expect(stderr).toBe('')
  expect(code).toBe(0)
})

test('an expectation that is not met: exit code 1, and which one it is', async () => {
  const { href } = await startBalancer()
  const args = ['--expect-replicas', '4', '--expect', 'even']
  const { code, stdout } = await runProbe(href, ...args)
  expect(stdout).toContain('✘ NOT as expected: --expect-replicas 4; seen: 3')
  expect(stdout).toContain('✔ as expected: --expect even; seen: even')
  expect(code).toBe(1)
})

test.for([[['--requests', 'many', 'x']], [[]], [['--nonsense', 'x']], [['merge', 'no-such-file']]])(
  'usage: exit code 2 and a sentence on the standard error: %j',
  async ([args = []]) => {
    const { code, stdout, stderr } = await runProbe(...args)
    expect(stderr).toMatch(/^error: .+\n/)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  },
)

test('nothing answered: exit code 3, and why', async () => {
  const { code, stdout } = await runProbe((await closedUrl()).href, '--requests', '20')
  expect(stdout).toContain('20 of 20 requests lost')
  expect(stdout).toMatch(
    /^Not fine: [^\n]+\nFirst error: connect ECONNREFUSED.+check\s+host\s+and\s+port/,
  )
  expect(code).toBe(3)
})

describe.for(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  test('ends it early with the report so far', async () => {
    const { promise: underWay, resolve } = Promise.withResolvers<undefined>()
    const { href } = await startBalancer((requests) => {
      if (requests === 30) resolve(undefined)
    })
    const { child, ended } = spawnProbe(href, '--duration', '1h', '--rate', '50', '--json', '-')
    await underWay
    child.kill(signal)
    const { code, stdout, stderr } = await ended
    const { runs, verdicts } = parseReport(stdout)
    expect(runs).toMatchObject([{ interrupted: true }])
    expect(verdicts.balance.replicas.length).toBeGreaterThan(0)
    expect(verdicts.failures.failures).toBe(0)
    expect(stderr).toContain('Ended early')
    expect(code).toBe(0)
  })
})

test('a signal also ends it where nothing ever answers, and it says what was in flight', async () => {
  const { promise: underWay, resolve } = Promise.withResolvers<undefined>()
  const { href } = await startTcp((socket) => {
    socket.resume()
    resolve(undefined)
  })
  const { child, ended } = spawnProbe(href, '--timeout', '1h', '-c', '4')
  await underWay
  child.kill('SIGINT')
  const { code, stdout } = await ended
  expect(stdout).toMatch(/4 requests had no answer yet/)
  expect(code).toBe(3)
})

test('reports are written where they are wished, and none to the terminal with --quiet', async () => {
  const { href } = await startBalancer()
  const json = await temporaryFile('report.json')
  const html = await temporaryFile('report.html')
  const { stdout, stderr } = await runProbe(href, '-q', '--json', json, '--html', html)
  expect(stdout + stderr).toBe('')
  expect(parseReport(await readFile(json, 'utf8')).verdicts.failures.requests).toBe(1000)
  expect(await readFile(html, 'utf8')).toMatch(/^<!doctype html>/)
})

test('merge adds what several probes wrote', async () => {
  const { href } = await startBalancer()
  const [one, two] = [await temporaryFile('one.json'), await temporaryFile('two.json')]
  await runProbe(href, '-q', '--json', one)
  await runProbe(href, '-q', '--json', two, '--connections', 'new', '--requests', '500')
  const { code, stdout } = await runProbe('merge', one, two, '--expect-replicas', '3')
  expect(stdout).toContain('1 500 of 1 500 answered.')
  expect(stdout).toContain('✔ as expected: --expect-replicas 3')
  expect(code).toBe(0)
})
