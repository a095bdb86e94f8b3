import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parseReport } from '../report-json.ts'
import { runProbe } from '../run-probe.ts'
import { startNginx } from './nginx/nginx.ts'
import { startReplicas } from './replicas.ts'

test('ip_hash: one replica to one client, several to several', async () => {
  const servers = await startReplicas(['a', 'b', 'c'])
  const { url } = await startNginx(servers, { method: 'ip_hash;' })
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
  const { stdout } = await runProbe('merge', ...files, '--quiet', '--json', '-')
  const { verdicts } = parseReport(stdout)
  expect(verdicts.failures.requests).toBe(1500)
  expect(verdicts.order).toMatchObject({ verdict: 'sticky', by: 'client' })
})
