import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { parseReport } from '../report-json.ts'
import { runProbe, spawnProbe } from '../run-probe.ts'
import { startHaproxy } from './haproxy/haproxy.ts'
import { startNginx } from './nginx/nginx.ts'
import { clockAhead, startOddReplica, startReplica, startReplicas, underWay } from './replicas.ts'

test('one replica that fails one request in twenty', async () => {
  const [a = '', b = ''] = await startReplicas(['a', 'b'])
  const failing = await startOddReplica('failing', { failEvery: 20 })
  const { url } = await startNginx([a, b, failing])
  const { stdout, code } = await runProbe(url, '-n', '1200', '--max-failures', '0', '--json', '-')
  const { verdicts, expectations } = parseReport(stdout)
  expect(code).toBe(1)
  expect(expectations).toMatchObject([{ option: '--max-failures', met: false }])
  // 400 of the 1200 requests were its own.
  expect(verdicts.failures.kinds).toMatchObject([
    { outcome: 'replica-error', status: 503, replica: 'failing', count: 20 },
  ])
  expect(verdicts.failures.sentence).toContain('failing')
})

test('a replica that is away for two seconds, which the others stand in for', async () => {
  const steady = await startReplicas(['a', 'b'])
  const away = await startReplica('away')
  const { url } = await startNginx([...steady, away.address], {
    parameters: ['', '', 'max_fails=0'],
  })
  const { ended } = spawnProbe(url, '--rate', '200', '--duration', '8s', '-q', '--json', '-')
  await underWay(away.url)
  away.child.kill('SIGKILL')
  await away.ended
  const gone = Date.now()
  await sleep(2000)
  const before = Date.now()
  await startReplica('away', { PORT: new URL(away.url).port })
  const { verdicts } = parseReport((await ended).stdout)

  expect(['round-robin', 'cannot-tell']).toContain(verdicts.order.verdict)
  expect(verdicts.failures.absences).toMatchObject([{ replica: 'away', kind: 'away' }])
  const [absence] = verdicts.failures.absences
  expect(absence?.from).toBeLessThanOrEqual(gone)
  expect(absence?.to).toBeGreaterThanOrEqual(before)
  expect(verdicts.lives.replicas.find(({ replica }) => replica === 'away')?.restarts).toBe(1)
})

test('an outage of two seconds, where nobody stands in', async () => {
  const only = await startReplica('only')
  const { url } = await startNginx([only.address], { parameters: ['max_fails=0'] })
  const { ended } = spawnProbe(
    url,
    '--rate',
    '200',
    '--duration',
    '8s',
    '--max-outage',
    '1s',
    '--json',
    '-',
  )
  await underWay(only.url)
  only.child.kill('SIGKILL')
  await only.ended
  const gone = Date.now()
  await sleep(2000)
  const before = Date.now()
  await startReplica('only', { PORT: new URL(only.url).port })
  const { stdout, code } = await ended
  const { failures } = parseReport(stdout).verdicts

  expect(code).toBe(1)
  expect(failures.kinds).toMatchObject([{ outcome: 'proxy-error', status: 502 }])
  expect(failures.longestOutage?.to).toBeGreaterThanOrEqual(before)
  expect(failures.longestOutage?.length).toBeGreaterThanOrEqual(before - gone)
})

test.for([
  ['one request in twenty, which is more than --max-p99 leaves out', 20, 1],
  ['one request in five hundred, which is less', 500, 0],
] as const)('a replica that never answers %s', async ([, every, expected]) => {
  let asked = 0
  // Longer than the probe waits.
  const delay = () => ((asked += 1) % every === 0 ? 60_000 : 0)
  const { url } = await startNginx([await startOddReplica('silent', { delay })])
  const args = ['-n', '500', '-c', '25', '--timeout', '2s', '--max-p99', '20s', '-q', '--json', '-']
  const { stdout, code } = await runProbe(url, ...args)
  const { verdicts, expectations } = parseReport(stdout)
  const silent = 500 / every
  expect(verdicts.failures.kinds).toMatchObject([{ outcome: 'timeout', count: silent }])
  expect(verdicts.latency).toMatchObject({ timeouts: silent, latency: { count: 500 } })
  expect(expectations).toMatchObject([{ option: '--max-p99', met: expected === 0 }])
  // However long they would have taken.
  expect(expectations[0]?.seen.startsWith('at least ')).toBe(expected === 1)
  expect(code).toBe(expected)
})

test('a replica whose clock is 250 ms ahead', async () => {
  const steady = await startReplicas(['a', 'b'])
  const ahead = await startReplica('ahead', clockAhead(0.25))
  const { url } = await startNginx([...steady, ahead.address])
  const { stdout, code } = await runProbe(url, '--max-skew', '50ms', '-q', '--json', '-')
  const { clocks } = parseReport(stdout).verdicts
  expect(code).toBe(1)
  for (const { replica, offset, bound, verdict } of clocks.replicas) {
    const truth = replica === 'ahead' ? 250 : 0
    expect(Math.abs(offset - truth)).toBeLessThanOrEqual(bound)
    if (replica === 'ahead') expect(verdict).toBe('ahead')
  }
  expect(clocks.furthest?.verdict).toBe('apart')
  expect([clocks.furthest?.first, clocks.furthest?.second]).toContain('ahead')
})

test('a replica that drains and comes back with another life', async () => {
  const steady = await startReplicas(['a', 'b'])
  const drained = await startReplica('drained')
  const { url } = await startNginx([...steady, drained.address], {
    parameters: ['', '', 'max_fails=0'],
  })
  const { ended } = spawnProbe(url, '--rate', '200', '--duration', '8s', '-q', '--json', '-')
  await underWay(drained.url)
  drained.child.kill('SIGTERM')
  await once(drained.child, 'exit')
  await startReplica('drained', { PORT: new URL(drained.url).port })
  const { verdicts } = parseReport((await ended).stdout)
  expect(verdicts.failures.failures).toBe(0)
  expect(['round-robin', 'cannot-tell']).toContain(verdicts.order.verdict)
  expect(verdicts.lives.draining).toBeGreaterThan(0)
  expect(verdicts.lives.replicas.find(({ replica }) => replica === 'drained')).toMatchObject({
    restarts: 1,
    draining: { answers: verdicts.lives.draining },
  })
})

test('clients with a cookie whose replica leaves: they move once, and lose nothing', async () => {
  const steady = await startReplicas(['a', 'b'])
  const leaving = await startReplica('leaving')
  const { url } = await startHaproxy([...steady, leaving.address], {
    lines: [
      'cookie replica insert indirect nocache',
      'option redispatch 1',
      'retries 2',
      // What drains says so there, while it still answers whoever comes.
      'option httpchk GET /readyz',
      // A busy machine is no reason to give it up.
      'timeout check 5s',
    ],
    parameters: ['cookie a', 'cookie b', 'cookie leaving check inter 100ms fall 1'],
  })
  // One at a time: a client that has two under way may be sent to two others.
  const { ended } = spawnProbe(
    ...[url, '--cookies', '30', '-c', '1', '--duration', '5s', '-q', '--json', '-'],
  )
  // Who asks is drawn: after 450 requests each of the 30 has asked, but for one run in 100 000.
  await underWay(leaving.url, 150)
  leaving.child.kill('SIGTERM')
  const { verdicts } = parseReport((await ended).stdout)
  expect(verdicts.failures.failures).toBe(0)
  expect(verdicts.changes.left).toMatchObject([{ replica: 'leaving' }])
  expect(verdicts.affinity).toMatchObject({ verdict: 'cookie', jars: 30, movedAgain: 0 })
  // haproxy deals out clients in turn: a third of them were its own.
  expect(verdicts.affinity.moved).toBe(10)
  expect(verdicts.affinity.sentence).toContain('10 clients went over to another replica')
})
