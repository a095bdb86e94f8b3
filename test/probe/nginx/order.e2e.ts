import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ReportJson } from '../../../src/probe/report/json.ts'
import { parseReport } from '../report-json.ts'
import { runProbe } from '../run-probe.ts'
import { startNginx } from './nginx.ts'
import { startOddReplica, startReplicas } from './replicas.ts'

async function probe(...args: string[]): Promise<ReportJson> {
  const { stdout } = await runProbe(...args, '--quiet', '--json', '-')
  return parseReport(stdout)
}

test('round robin, in several workers and over many connections at a time', async () => {
  const servers = await startReplicas(['a', 'b', 'c'])
  const url = await startNginx({ servers, workers: 2 })
  const { verdicts } = await probe(url, '--requests', '3000')
  expect(verdicts.balance.verdict).toBe('even')
  expect(verdicts.order.verdict).toBe('round-robin')
  expect(verdicts.pinning.verdict).toBe('not-pinned')
  expect(verdicts.failures.failures).toBe(0)
})

test('weights of 3 to 1', async () => {
  const [a = '', b = ''] = await startReplicas(['a', 'b'])
  const url = await startNginx({ servers: [`${a} weight=3`, b] })
  const { verdicts } = await probe(url, '--requests', '3000')
  expect(verdicts.balance.verdict).toBe('uneven')
  expect(verdicts.order.verdict).toBe('weighted')
  const weights = verdicts.order.weights?.map(({ replica, weight }) => [
    replica,
    Math.round(weight),
  ])
  expect(weights).toEqual([
    ['a', 3],
    ['b', 1],
  ])
})

test('random', async () => {
  const servers = await startReplicas(['a', 'b', 'c'])
  const url = await startNginx({ servers, method: 'random;' })
  const { verdicts } = await probe(url, '--requests', '3000')
  expect(verdicts.balance.verdict).toBe('even')
  expect(verdicts.order.verdict).toBe('random')
})

test('least connections, where some answers take longer than others', async () => {
  const delay = () => Math.random() * 20
  const servers = await Promise.all(['a', 'b', 'c'].map((name) => startOddReplica(name, { delay })))
  const url = await startNginx({ servers, method: 'least_conn;' })
  const { verdicts } = await probe(url, '--requests', '3000', '--concurrency', '8')
  expect(verdicts.order.verdict).toBe('least-connections')
})

test('ip_hash: one replica to one client, several to several', async () => {
  const servers = await startReplicas(['a', 'b', 'c'])
  const url = await startNginx({ servers, method: 'ip_hash;' })
  const directory = await mkdtemp(join(tmpdir(), 'reports-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const files: string[] = []
  // The hash is over the first three octets of an address; these go to different replicas.
  for (const client of ['10.1.1.1', '10.1.2.1', '10.1.3.1', '10.1.4.1', '10.1.5.1']) {
    const file = join(directory, `${client}.json`)
    files.push(file)
    await runProbe(url, '-n', '300', '-H', `X-Forwarded-For: ${client}`, '-q', '--json', file)
    const { verdicts } = parseReport(await readFile(file, 'utf8'))
    expect(verdicts.order.verdict).toBe('one-replica')
  }
  const { verdicts } = await probe('merge', ...files)
  expect(verdicts.failures.requests).toBe(1500)
  expect(verdicts.order).toMatchObject({ verdict: 'sticky', by: 'client' })
})

test('connections and not requests, as a ClusterIP does it', async () => {
  const servers = await startReplicas(['a', 'b', 'c'])
  const url = await startNginx({ servers, kind: 'stream' })
  const { verdicts } = await probe(url, '--requests', '2000', '--connections', 'both')
  expect(verdicts.pinning.verdict).toBe('pinned')
  expect(verdicts.balance).toMatchObject({ unit: 'connections', verdict: 'even' })
  expect(verdicts.order).toMatchObject({ verdict: 'sticky', by: 'connection' })
})
