import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parseReport } from './report-json.ts'
import { runInShell, runProbe } from './run-probe.ts'
import { startHttp, startTcp } from './targets.ts'
import { startHttps } from './tls.ts'

const startTarget = (asked?: () => void) =>
  startHttp((_request, response) => {
    asked?.()
    response.end('pod=a')
  })

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'probe-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  return directory
}

test('a report that cannot be written is found before the run', async () => {
  let asked = 0
  const { href } = await startTarget(() => (asked += 1))
  const file = join(await temporaryDirectory(), 'no-such-directory', 'report.json')
  for (const option of ['--json', '--html']) {
    const { code, stderr } = await runProbe(href, option, file)
    expect(stderr).toMatch(/^error: The report cannot be written to .+\n$/)
    expect(code).toBe(2)
  }
  expect(asked).toBe(0)
})

test('looking whether a report can be written leaves nothing behind', async () => {
  const directory = await temporaryDirectory()
  const { code } = await runProbe(
    '127.0.0.1:9',
    '--json',
    join(directory, 'a'),
    '--html',
    directory,
  )
  expect(code).toBe(2)
  expect(await readdir(directory)).toEqual([])
})

test('a reader that has gone ends it quietly', async () => {
  const { href } = await startTarget()
  const { stderr, stdout } = await runInShell(
    `$probe ${href} -n 10 --json - | true; echo "exit \${PIPESTATUS[0]}"`,
  )
  expect(stderr).not.toContain('EPIPE')
  expect(stdout).toBe('exit 0\n')
})

test('a full disk behind the standard output is an error', async () => {
  const { href } = await startTarget()
  const { code, stderr } = await runInShell(`$probe ${href} -n 10 > /dev/full`)
  expect(stderr).toMatch(/^error: The report cannot be written: ENOSPC/)
  expect(code).toBe(2)
})

test("too many open files are the probe's own failure", async () => {
  const { href } = await startTcp((socket) => socket.resume())
  const { code, stdout } = await runInShell(`ulimit -n 60; $probe ${href} -n 300 -c 100`)
  expect(stdout).toMatch(
    /as many\s+connections\s+open\s+as\s+it\s+may\s+\(60\):\s+raise\s+the\s+limit\s+with\s+ulimit\s+-n/,
  )
  expect(stdout).not.toMatch(/requests? lost/)
  expect(code).toBe(2)
})

test('a name that does not resolve fails at once', async () => {
  const { code, stderr, stdout } = await runProbe('nowhere.invalid', '--duration', '1h')
  expect(stderr).toMatch(/^error: nowhere\.invalid has no address .+--resolve/)
  expect(stdout).toBe('')
  expect(code).toBe(3)
})

test('each address is used in turn, and a dead one is told of', async () => {
  const url = await startTarget()
  const addresses = '127.0.0.1,127.0.0.2'
  const resolve = ['--resolve', `app.invalid:${url.port}:${addresses}`]
  const { stdout } = await runProbe(
    ...[`app.invalid:${url.port}`, '-n', '20', '-c', '1', '--connections', 'new', '--json', '-'],
    ...resolve,
  )
  const { runs, verdicts } = parseReport(stdout)
  expect(verdicts.failures.failures).toBe(0)
  expect(runs[0]?.addresses).toMatchObject([
    { address: '127.0.0.1', connections: 20, failed: 0 },
    { address: '127.0.0.2', connections: 0, failed: 10 },
  ])
})

test('a certificate that nobody signed: --insecure, or --cacert', async () => {
  const { url, certificate } = await startHttps()
  const refused = await runProbe(url, '-n', '5')
  expect(refused.code).toBe(3)
  expect(refused.stdout).toMatch(/self-signed certificate\.[^]+--cacert\s+FILE[^]+ -k/)
  expect((await runProbe(url, '-n', '5', '--insecure')).code).toBe(0)
  const file = join(await temporaryDirectory(), 'ca.pem')
  await writeFile(file, certificate)
  expect((await runProbe(url, '-n', '5', '--cacert', file)).code).toBe(0)
})

test('TLS where there is none, and none where there is', async () => {
  const { host } = await startTarget()
  const none = await runProbe(`https://${host}/`, '-n', '2')
  expect(none.stdout).toMatch(/is\s+it\s+http:\/\/\s+instead\s+of\s+https:\/\/\?/)
  const { url } = await startHttps()
  expect((await runProbe(url.replace('https:', 'http:'), '-n', '2')).code).toBe(3)
})

test.for([
  ['100 Continue', 'HTTP/1.1 100 Continue\r\n\r\n'],
  [
    '101 Switching Protocols',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
  ],
])('an interim answer that nobody asked for is told as that: %s', async ([name, bytes]) => {
  const { href } = await startTcp((socket) => {
    socket.once('data', () => socket.write(`${bytes}HTTP/1.1 204 No Content\r\n\r\n`))
  })
  const { stdout } = await runProbe(href, '-n', '2')
  expect(stdout.replace(/\s+/g, ' ')).toContain(`interim answer (${name}) that nobody asked for`)
})

test('an early hint is read over', async () => {
  const { href } = await startHttp((_request, response) => {
    response.writeEarlyHints({ link: '</a.css>; rel=preload' })
    response.end()
  })
  expect((await runProbe(href, '-n', '2', '--max-failures', '0')).code).toBe(0)
})

test('--quiet says why it exits with something else than 0', async () => {
  const { href } = await startTarget()
  const { code, stdout, stderr } = await runProbe(href, '-q', '-n', '10', '--expect-replicas', '3')
  expect(stdout).toBe('')
  expect(stderr).toMatch(/^✘ NOT as expected: --expect-replicas 3; seen: .+\n$/)
  expect(code).toBe(1)
})

test.for([
  [404, {}, /^Not fine: .+every answer is a 404/],
  [302, { location: '/login' }, /^Not fine: .+302 that points to http.+\/login/],
] as const)('a target that only answers %i is the wrong one', async ([status, headers, says]) => {
  const { href } = await startHttp((_request, response) => {
    response.writeHead(status, headers).end()
  })
  const { code, stderr } = await runProbe(href, '-q', '-n', '10', '--max-failures', '100%')
  expect(stderr).toMatch(says)
  expect(code).toBe(1)
  expect((await runProbe(href, '-n', '10', '--success', `${status}`)).code).toBe(0)
})
