import { readFileSync } from 'node:fs'
import { Deployment } from 'kubernetes-models/apps/v1'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import packageJson from '../../package.json' with { type: 'json' }
import { createProgram, type WatchOptions } from '../../src/probe/options/command.ts'
import { container, pod, service } from './manifest.ts'

const manifest: unknown = parse(
  readFileSync(new URL('../../deploy/watch/deployment.yaml', import.meta.url), 'utf8'),
)
if (!Deployment.is(manifest)) throw new Error('not a Deployment')
const template = manifest.spec?.template
const watchPod = template?.spec
const watch = watchPod?.containers[0]

test('its pod is as restricted as those of the server', () => {
  expect(watchPod?.securityContext).toEqual(pod?.securityContext)
  expect(watch?.securityContext).toEqual(container?.securityContext)
  expect(watchPod?.automountServiceAccountToken).toBe(false)
})

test('its pod is no replica of the Service', () => {
  expect(template?.metadata?.labels).not.toMatchObject(service.spec?.selector ?? {})
  expect(template?.metadata?.labels).toMatchObject({
    'app.kubernetes.io/version': packageJson.version,
  })
})

test('the probe understands its arguments, asks the Service, and serves its metrics there', async () => {
  const asked: { url: URL; options: WatchOptions }[] = []
  const program = createProgram(
    {
      probe: () => Promise.resolve(),
      merge: () => Promise.resolve(),
      rollout: () => Promise.resolve(),
      compare: () => Promise.resolve(),
      watch: (url, options) => {
        asked.push({ url, options })
        return Promise.resolve()
      },
    },
    'test',
  )
  await program.parseAsync(watch?.args ?? [], { from: 'user' })
  const [{ url, options } = {}] = asked
  expect(url?.hostname).toBe(service.metadata?.name)
  expect(watch?.ports).toEqual([{ name: 'metrics', containerPort: options?.metricsPort }])
  expect(watch?.livenessProbe?.httpGet).toEqual({ path: '/metrics', port: 'metrics' })
})
