import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Deployment } from 'kubernetes-models/apps/v1'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { Namespace, Service } from 'kubernetes-models/v1'
import { afterAll, expect, test } from 'vitest'
import * as v from 'valibot'
import { only, parseObjects } from '../objects.ts'
import { AnyObject, unknownFields } from './schema.ts'

const tree = fileURLToPath(new URL('../../../', import.meta.url))
const page = readFileSync(join(tree, 'docs/deploy.md'), 'utf8')

// The files of the page, each with its name in its first line, beside the tree as it says.
const directory = mkdtempSync(join(tmpdir(), 'canary-'))
afterAll(() => {
  rmSync(directory, { recursive: true })
})
symlinkSync(tree, join(directory, 'served-by'))
const overlay = join(directory, 'overlay')
const files = [...page.matchAll(/```yaml\n# (\S+\.yaml)\n([^]*?)```/g)]
for (const [, name = '', text = ''] of files) {
  mkdirSync(dirname(join(overlay, name)), { recursive: true })
  writeFileSync(join(overlay, name), text)
}

function kustomize(path: string): unknown[] {
  return parseObjects(execFileSync('kubectl', ['kustomize', path], { encoding: 'utf8' }))
}
const objects = kustomize(overlay)

/** The object of a kind that has this name. */
function named<T extends { metadata?: { name?: string } }>(
  is: (value: unknown) => value is T,
  name: string,
): T {
  return only(objects, (value): value is T => is(value) && value.metadata?.name === name)
}

test('the three files of the page are valid together', () => {
  expect(files.map(([, name]) => name)).toEqual([
    'kustomization.yaml',
    'canary/kustomization.yaml',
    'weights.yaml',
  ])
  for (const object of objects) {
    expect(unknownFields(v.parse(AnyObject, object))).toEqual([])
  }
  expect(objects.filter(Namespace.is)).toHaveLength(1)
})

test('one request in ten goes to the new version', () => {
  const route = only(objects, HTTPRoute.is)
  expect(route.spec.rules?.map(({ backendRefs }) => backendRefs)).toEqual([
    [
      { name: 'served-by', port: 80, weight: 90 },
      { name: 'served-by-canary', port: 80, weight: 10 },
    ],
  ])
})

test.each([
  { name: 'served-by', image: 'registry.example/served-by:stable' },
  { name: 'served-by-canary', image: 'registry.example/served-by:next' },
])('everything of $name is about its own pods', ({ name, image }) => {
  const { spec } = named(Deployment.is, name)
  const labels = spec?.template.metadata?.labels
  const own = { 'app.kubernetes.io/instance': name }
  expect(spec?.template.spec?.containers.map((container) => container.image)).toEqual([image])
  expect(labels).toMatchObject(own)
  expect(spec?.selector.matchLabels).toMatchObject(own)
  expect(named(Service.is, name).spec?.selector).toMatchObject(own)
  expect(named(PodDisruptionBudget.is, name).spec?.selector?.matchLabels).toMatchObject(own)
  expect(named(NetworkPolicy.is, name).spec?.podSelector?.matchLabels).toMatchObject(own)
})

test('kubectl delete -k canary takes the canary only', () => {
  const names = kustomize(join(overlay, 'canary')).map(
    (object) => v.parse(AnyObject, object).metadata.name,
  )
  expect(new Set(names)).toEqual(new Set(['served-by-canary']))
})
