import { expect, test } from 'vitest'
import { readConfig } from '../../src/adapters/process/config.ts'
import packageJson from '../../package.json' with { type: 'json' }
import {
  budget,
  container,
  deployment,
  ingress,
  namespace,
  networkPolicy,
  pod,
  service,
  serviceAccount,
} from './manifest.ts'

const defaults = readConfig({})
const podLabels = deployment.spec?.template.metadata?.labels
const [containerPort, metricsPort] = container?.ports ?? []
const servicePort = service.spec?.ports?.[0]

test('the namespace enforces the restricted standard', () => {
  expect(namespace.metadata?.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'restricted',
  })
})

test('the pods run as the service account, which mounts no token', () => {
  expect(pod?.serviceAccountName).toBe(serviceAccount.metadata?.name)
  expect(serviceAccount.automountServiceAccountToken).toBe(false)
})

test('the container listens where the bundle does by default', () => {
  expect(containerPort).toEqual({ name: 'http', containerPort: defaults.port })
})

test('the metrics are where the bundle has them by default, and not in the Service', () => {
  expect(metricsPort).toEqual({ name: 'metrics', containerPort: defaults.metricsPort })
  expect(service.spec?.ports).toHaveLength(1)
  expect(servicePort?.targetPort).toBe(containerPort?.name)
})

test('the grace period is longer than the drain', () => {
  expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(
    defaults.drainDelay + defaults.drainTimeout,
  )
})

test('the bundle knows its place from the variables that the pod sets', () => {
  const env = Object.fromEntries(container?.env?.map(({ name }) => [name, `of-${name}`]) ?? [])
  expect(readConfig(env).place).toEqual({
    pod: 'of-POD_NAME',
    namespace: 'of-POD_NAMESPACE',
    ip: 'of-POD_IP',
    node: 'of-NODE_NAME',
    zone: 'of-ZONE',
  })
})

test('the image is this version in the registry of minikube, as its node sees it', () => {
  expect(container?.image).toBe(`localhost:5000/served-by:${packageJson.version}`)
})

test.each([
  { object: 'Deployment', selector: deployment.spec?.selector.matchLabels },
  { object: 'Service', selector: service.spec?.selector },
  { object: 'PodDisruptionBudget', selector: budget.spec?.selector?.matchLabels },
  { object: 'NetworkPolicy', selector: networkPolicy.spec?.podSelector?.matchLabels },
])('$object selects the pods of every version', ({ selector }) => {
  expect(selector).toEqual({
    'app.kubernetes.io/name': podLabels?.['app.kubernetes.io/name'],
    'app.kubernetes.io/instance': podLabels?.['app.kubernetes.io/instance'],
    'app.kubernetes.io/component': podLabels?.['app.kubernetes.io/component'],
  })
})

test('the ingress sends every path and host to the service, the service to the container', () => {
  expect(ingress.spec).toEqual({
    ingressClassName: 'nginx',
    rules: [
      {
        http: {
          paths: [
            {
              path: '/',
              pathType: 'Prefix',
              backend: {
                service: { name: service.metadata?.name, port: { name: servicePort?.name } },
              },
            },
          ],
        },
      },
    ],
  })
  expect(servicePort).toEqual({ name: 'http', port: 80, targetPort: containerPort?.name })
})

test('a node drain takes one replica at a time', () => {
  expect(budget.spec).toMatchObject({
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  })
})

test('the network policy lets in what comes to the two ports, and nothing out', () => {
  expect(networkPolicy.spec).toMatchObject({
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        ports: [
          { protocol: 'TCP', port: containerPort?.name },
          { protocol: 'TCP', port: metricsPort?.name },
        ],
      },
    ],
  })
  // Not an empty list: the API server drops it, and kubectl diff would show it for ever.
  expect(networkPolicy.spec).not.toHaveProperty('egress')
})
