import { readFileSync } from 'node:fs'
import { Job } from 'kubernetes-models/batch/v1'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import packageJson from '../../package.json' with { type: 'json' }
import { createProgram, type ProbeOptions } from '../../src/probe/options/command.ts'
import { container, namespace, pod, service } from './manifest.ts'

const manifest: unknown = parse(
  readFileSync(new URL('../../deploy/probe/job.yaml', import.meta.url), 'utf8'),
)
if (!Job.is(manifest)) throw new Error('not a Job')
const job = manifest
const probePod = job.spec?.template.spec
const probe = probePod?.containers[0]
const labels = job.spec?.template.metadata?.labels

test('it is valid by its API schema', () => {
  expect(() => {
    new Job(job).validate()
  }).not.toThrow()
})

test('it runs as several pods, each once', () => {
  expect(job.spec).toMatchObject({ completionMode: 'Indexed', backoffLimitPerIndex: 0 })
  expect(job.spec).not.toHaveProperty('backoffLimit')
  expect(job.spec?.completions).toBe(job.spec?.parallelism)
  expect(job.spec?.completions).toBeGreaterThan(1)
  expect(probePod?.restartPolicy).toBe('Never')
})

test('its pods are as restricted as those of the server', () => {
  expect(job.metadata?.namespace).toBe(namespace.metadata?.name)
  expect(probePod?.securityContext).toEqual(pod?.securityContext)
  expect(probe?.securityContext).toEqual(container?.securityContext)
  expect(probePod?.automountServiceAccountToken).toBe(false)
})

test('its pods know their zone, as those of the server do', () => {
  const zone = container?.env?.find(({ name }) => name === 'ZONE')
  expect(zone?.valueFrom?.fieldRef?.fieldPath).toContain('zone')
  expect(probe?.env).toEqual([zone])
})

test('its pods are no replicas of the Service', () => {
  expect(labels).not.toMatchObject(service.spec?.selector ?? {})
  expect(labels).toMatchObject({ 'app.kubernetes.io/version': packageJson.version })
})

test('the probe understands its arguments, asks the Service, and prints nothing but JSON', async () => {
  const asked: { urls: URL[]; options: ProbeOptions }[] = []
  const program = createProgram(
    {
      probe: (urls, options) => {
        asked.push({ urls, options })
        return Promise.resolve()
      },
      merge: () => Promise.resolve(),
      watch: () => Promise.resolve(),
      rollout: () => Promise.resolve(),
      compare: () => Promise.resolve(),
    },
    'test',
  )
  await program.parseAsync(probe?.args ?? [], { from: 'user' })
  expect(asked).toMatchObject([{ options: { quiet: true, json: '-' } }])
  const [{ urls, options } = {}] = asked
  const [url] = urls ?? []
  expect(url?.hostname).toBe(service.metadata?.name)
  expect(service.spec?.ports?.map(({ port }) => port)).toContain(80)
  expect(options?.duration).toBeLessThan((job.spec?.activeDeadlineSeconds ?? 0) * 1000)
})
