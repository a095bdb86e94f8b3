import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runProbe } from '../run-probe.ts'
import { type Nginx, startNginx } from './nginx/nginx.ts'
import { type ReplicaKind, startKinds } from './replicas.ts'

const sound: ReplicaKind[] = ['served-by', 'served-by', 'served-by']

/**
 * Probes two balancers at the same time, so that the machine is as busy for one as for the other, and
 * compares what was seen.
 */
async function compared(kinds: readonly ReplicaKind[], nginx: Nginx = {}, connections = 4) {
  const directory = await mkdtemp(join(tmpdir(), 'compare-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const old = await startNginx((await startKinds(sound)).servers)
  const now = await startNginx((await startKinds(kinds)).servers, nginx)
  const files = [old, now].map((_, index) => join(directory, `${index}.json`))
  await Promise.all(
    [old, now].map(({ url }, index) =>
      runProbe(url, '-n', '3000', '-c', `${connections}`, '-q', '--json', files[index] ?? ''),
    ),
  )
  return runProbe('compare', ...files)
}

test('the same balancer twice: no worse', async () => {
  const { code, stdout } = await compared(sound)
  expect(stdout).toMatch(/^No worse/)
  expect(code).toBe(0)
})

test('1 % of the requests get a 503 from the proxy', async () => {
  const { code, stdout } = await compared(sound, {
    http: 'split_clients $request_id $broken { 1% 1; * 0; }',
    location: 'if ($broken) { return 503; }',
  })
  expect(stdout).toMatch(/^Worse: lost 0 of 3 000 → \d\.\d % \(503 by the proxy; /)
  expect(code).toBe(1)
})

test('one replica of three is 100 ms slower', async () => {
  const kinds: ReplicaKind[] = ['served-by', 'served-by', { delay: () => 100 }]
  // Most of them wait.
  const { code, stdout } = await compared(kinds, {}, 16)
  expect(stdout).toMatch(/^Worse: p99 \d.* → .*, p90 /)
  expect(code).toBe(1)
})
