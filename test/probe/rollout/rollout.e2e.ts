import { execFileSync } from 'node:child_process'
import { beforeAll, expect, test, vi } from 'vitest'
import { parseReport } from '../report-json.ts'
import { runProbe } from '../run-probe.ts'
import { startApiServer, useCluster } from './api-server.ts'
import { startCluster } from './cluster.ts'

/* The client of the cluster is the real kubectl; behind the API are real processes and a real nginx. */

beforeAll(() => {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' })
  } catch (cause) {
    throw new Error('These tests need kubectl: .ci/kubectl.sh brings it on Debian.', { cause })
  }
})

const args = ['--settle', '3s', '--rate', '100', '--connections', 'new']
const pods = ['web-1-a', 'web-1-b', 'web-2-a', 'web-2-b']

async function runRollout(url: string) {
  const { code, stdout, stderr } = await runProbe(
    'rollout',
    'shop/web',
    url,
    ...args,
    '--json',
    '-',
  )
  return { code, stderr, ...parseReport(stdout) }
}

test('pods that drain lose nothing', async () => {
  const url = await startCluster('drains')
  const { code, stderr, rollout, verdicts } = await runRollout(url)
  expect(stderr).toMatch(/Fine: the rollout of shop\/web replaced 2 pods in .+ and lost none of/)
  expect(rollout?.incomplete).toBeUndefined()
  expect(rollout?.losses).toEqual([])
  expect(rollout?.pods.map(({ pod }) => pod)).toEqual(pods)
  for (const { old, created, ready = 0, draining = 0, ended = 0, answered = 0 } of rollout?.pods ??
    []) {
    if (old) expect(ended).toBeGreaterThan(draining)
    else expect([ready >= created, answered >= ready - 100]).toEqual([true, true])
  }
  expect(verdicts.failures.failures).toBe(0)
  expect(verdicts.balance.replicas.map(({ replica }) => replica)).toEqual(pods)
  expect(code).toBe(0)
})

test('pods that exit at SIGTERM lose requests, and are named', async () => {
  const url = await startCluster('exits')
  const { code, stderr, rollout, verdicts } = await runRollout(url)
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /Not fine: the rollout of shop\/web lost \d+ of [^:]+:\s\d+\sby\sweb-1-[ab]\s\((?:gone|draining)\)/,
  )
  expect(stderr).toMatch(/^Pods +web-1-a: told to end \d\d:\d\d:\d\d, ended \d\d:\d\d:\d\d$/m)
  const losses = rollout?.losses ?? []
  const counted = losses.reduce((sum, { count }) => sum + count, 0)
  expect(verdicts.failures.failures).toBeGreaterThan(0)
  expect(counted).toBe(verdicts.failures.failures)
  for (const { suspects, ways } of losses) {
    const names = suspects.map(({ pod, phase }) => `${pod} ${phase}`)
    expect(
      names.some((name) => /^web-1-[ab] (?:draining|gone)$/.test(name)),
      names.join(),
    ).toBe(true)
    expect(Object.keys(ways)).toEqual(['502'])
  }
})

test('a rollout that never completes is told in the words of kubectl', async () => {
  const url = await startCluster('never ready')
  const limit = ['--rollout-timeout', '2s', '--quiet']
  const { code, stderr } = await runProbe('rollout', 'shop/web', url, ...args, ...limit)
  expect(stderr).toMatch(
    /^Not fine: the rollout of shop\/web is not complete: .*timed out waiting/m,
  )
  expect(stderr).toContain('No request was lost.')
  expect(code).toBe(1)
})

test('what does not answer is not restarted', async () => {
  let restarted = false
  const api = await startApiServer(() => (restarted = true))
  api.put('deployments', {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { matchLabels: { app: 'web' } } },
  })
  api.put('pods', { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'web-1-a' } })
  const { code } = await runProbe('rollout', 'shop/web', 'http://127.0.0.1:9', '--settle', '1s')
  expect(code).toBe(3)
  expect(restarted).toBe(false)
})

test('a Deployment that is not there: what kubectl says, and what to do', async () => {
  await startApiServer(false)
  const { code, stderr } = await runProbe('rollout', 'shop/nothing', 'http://127.0.0.1:9')
  expect(stderr).toContain('Error from server (NotFound): deployments "nothing" not found')
  expect(stderr).toContain('kubectl get deployments --namespace shop lists those that are there.')
  expect(code).toBe(2)
})

test('no right to restart it', async () => {
  const url = await startCluster('drains', false)
  const { code, stderr } = await runProbe('rollout', 'shop/web', url, ...args)
  expect(stderr).toMatch(/kubectl rollout restart failed: .*forbidden/i)
  expect(stderr).toContain('docs/probe.md lists the rights')
  expect(code).toBe(2)
})

test('no cluster', async () => {
  await useCluster('http://127.0.0.1:9')
  const { code, stderr } = await runProbe('rollout', 'shop/web', 'http://127.0.0.1:9')
  expect(stderr).toMatch(/kubectl get deployment failed: .*127\.0\.0\.1:9/)
  expect(stderr).toContain('kubectl config current-context names the cluster that is asked')
  expect(code).toBe(2)
})

test('no kubectl', async () => {
  vi.stubEnv('PATH', '/nowhere')
  const { code, stderr } = await runProbe('rollout', 'shop/web', 'http://127.0.0.1:9')
  vi.unstubAllEnvs()
  expect(stderr).toBe(
    'error: kubectl was not found: install it, https://kubernetes.io/docs/tasks/tools/\n',
  )
  expect(code).toBe(2)
})
