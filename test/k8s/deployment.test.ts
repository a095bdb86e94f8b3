import { describe, expect, test } from 'vitest'
import { container, deployment, pod } from './manifest.ts'

test('two replicas, and a rollout that never has fewer', () => {
  expect(deployment.spec).toMatchObject({
    replicas: 2,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    minReadySeconds: 5,
    progressDeadlineSeconds: 120,
  })
})

test('replicas are spread over nodes, and a single node still takes them all', () => {
  expect(pod?.topologySpreadConstraints).toEqual([
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: deployment.spec?.selector,
      matchLabelKeys: ['pod-template-hash'],
    },
  ])
})

describe('the restricted pod security standard and beyond', () => {
  test('of the pod', () => {
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    })
  })

  test('of the container', () => {
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
  })
})

test('requests, and a limit for memory but not for CPU', () => {
  expect(container?.resources).toEqual({
    requests: { cpu: '50m', memory: '64Mi' },
    limits: { memory: '256Mi' },
  })
})

test.each([
  { probe: 'startupProbe', path: '/livez' },
  { probe: 'livenessProbe', path: '/livez' },
  { probe: 'readinessProbe', path: '/readyz' },
] as const)('$probe asks for $path by HTTP', ({ probe, path }) => {
  expect(container?.[probe]?.httpGet).toEqual({ path, port: 'http' })
})

test('a hung process is killed within 40 s, without the grace of a drain', () => {
  const liveness = container?.livenessProbe
  const { periodSeconds = 10, timeoutSeconds = 1, failureThreshold = 3 } = liveness ?? {}
  const grace = liveness?.terminationGracePeriodSeconds ?? pod?.terminationGracePeriodSeconds ?? 30
  // It hangs right after a probe has succeeded: the next one is a period later.
  expect(failureThreshold * periodSeconds + timeoutSeconds + grace).toBeLessThan(40)
  expect(grace).toBe(5)
})

test.each([
  { name: 'POD_NAME', fieldPath: 'metadata.name' },
  { name: 'POD_NAMESPACE', fieldPath: 'metadata.namespace' },
  { name: 'POD_IP', fieldPath: 'status.podIP' },
  { name: 'NODE_NAME', fieldPath: 'spec.nodeName' },
  { name: 'ZONE', fieldPath: "metadata.labels['topology.kubernetes.io/zone']" },
])('$name comes from $fieldPath', ({ name, fieldPath }) => {
  expect(container?.env).toContainEqual({ name, valueFrom: { fieldRef: { fieldPath } } })
})

test('a node that has the image starts a pod without its registry', () => {
  expect(container?.imagePullPolicy).toBe('IfNotPresent')
})
