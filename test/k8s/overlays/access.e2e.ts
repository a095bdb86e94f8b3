import {
  Role,
  RoleBinding,
  type IRole,
  type IRoleBinding,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1'
import { describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { largest } from './components.ts'
import { render } from './render.ts'
import { AnyObject } from './schema.ts'

const objects = render(['access'])
const roles = objects.filter(Role.is)
const bindings = objects.filter(RoleBinding.is)

function roleOf({ roleRef }: IRoleBinding): IRole {
  const found = roles.find(({ metadata }) => metadata?.name === roleRef.name)
  if (roleRef.kind !== 'Role' || found === undefined) throw new Error(`No role ${roleRef.name}`)
  return found
}

/** Every verb on every resource that a subject has through the bindings: `['create batch/jobs']`. */
function rights(kind: string, name: string): string[] {
  return bindings
    .filter(({ subjects }) => subjects?.some((who) => who.kind === kind && who.name === name))
    .flatMap((binding) => roleOf(binding).rules ?? [])
    .flatMap(({ apiGroups = [''], resources = [], resourceNames = [''], verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          resourceNames.flatMap((only) =>
            verbs.map((verb) => `${verb} ${group}/${resource}${only && ` ${only}`}`),
          ),
        ),
      ),
    )
    .toSorted()
}

function each(verbs: string[], resources: string[]): string[] {
  return resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`))
}

/** What RBAC calls the resource of an object: the plural of its kind. */
function resourceOf({ apiVersion, kind }: AnyObject): string {
  const group = apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : ''
  const singular = kind.toLowerCase()
  const plural = singular.replace(/ss$/, 'sse').replace(/cy$/, 'cie') + 's'
  return `${group}/${plural}`
}

const delivery = rights('ServiceAccount', 'served-by-delivery')
const readers = rights('Group', 'served-by-readers')

const reading = ['get', 'list', 'watch']
const kinds = [
  '/configmaps',
  '/persistentvolumeclaims',
  '/services',
  'apps/deployments',
  'apps/statefulsets',
  'autoscaling/horizontalpodautoscalers',
  'networking.k8s.io/ingresses',
  'networking.k8s.io/networkpolicies',
  'policy/poddisruptionbudgets',
  'gateway.networking.k8s.io/gateways',
  'gateway.networking.k8s.io/httproutes',
  'cert-manager.io/certificates',
]
const running = ['/events', '/pods', '/pods/log', 'apps/replicasets']

test('the delivery account may do this and nothing else', () => {
  expect(delivery).toEqual(
    [
      'get /namespaces served-by',
      ...each([...reading, 'create', 'patch', 'delete'], kinds),
      ...each([...reading, 'create', 'delete'], ['batch/jobs']),
      ...each(reading, running),
    ].toSorted(),
  )
})

test('people may read this and nothing else', () => {
  expect(readers).toEqual(
    [
      'get /namespaces served-by',
      ...each(reading, [
        ...kinds,
        ...running,
        '/endpoints',
        '/serviceaccounts',
        'batch/jobs',
        'discovery.k8s.io/endpointslices',
        'rbac.authorization.k8s.io/rolebindings',
        'rbac.authorization.k8s.io/roles',
      ]),
      ...each(['get', 'list'], ['metrics.k8s.io/pods']),
    ].toSorted(),
  )
})

test('each account is in this namespace or a group of people, and in no other binding', () => {
  expect(bindings.flatMap(({ subjects = [] }) => subjects)).toEqual([
    { kind: 'ServiceAccount', name: 'served-by-delivery', namespace: 'served-by' },
    { kind: 'Group', name: 'served-by-readers', apiGroup: 'rbac.authorization.k8s.io' },
  ])
})

/** The administrator's: whoever may write them could give itself more. */
const administrators = [
  'Namespace',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ClusterRole',
  'ClusterRoleBinding',
]

describe('for all components', () => {
  const rendered = largest
    .flatMap((chosen) => render(chosen))
    .map((object) => v.parse(AnyObject, object))
  const mine = rendered.filter(({ kind }) => !administrators.includes(kind))

  test('the delivery account may put it there, see it and remove it', () => {
    const needed = mine.flatMap((object) =>
      each(['get', 'create', 'patch', 'delete'], [resourceOf(object)]),
    )
    expect([...new Set(needed)].filter((right) => !delivery.includes(right))).toEqual([])
  })

  test('people may see it', () => {
    const seen = mine.map((object) => `get ${resourceOf(object)}`)
    expect([...new Set(seen)].filter((right) => !readers.includes(right))).toEqual([])
  })
})
