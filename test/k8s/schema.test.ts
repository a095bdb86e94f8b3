import { Deployment } from 'kubernetes-models/apps/v1'
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { Namespace, Service, ServiceAccount } from 'kubernetes-models/v1'
import { expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import {
  budget,
  deployment,
  ingress,
  namespace,
  networkPolicy,
  objects,
  service,
  serviceAccount,
} from './manifest.ts'

const recommendedLabels = {
  'app.kubernetes.io/name': 'served-by',
  'app.kubernetes.io/instance': 'served-by',
  'app.kubernetes.io/version': packageJson.version,
  'app.kubernetes.io/component': 'server',
  'app.kubernetes.io/part-of': 'served-by',
  'app.kubernetes.io/managed-by': 'kubectl',
}

const all = [namespace, serviceAccount, deployment, service, ingress, budget, networkPolicy]

const models = [
  new Namespace(namespace),
  new ServiceAccount(serviceAccount),
  new Deployment(deployment),
  new Service(service),
  new Ingress(ingress),
  new PodDisruptionBudget(budget),
  new NetworkPolicy(networkPolicy),
]

test('the file holds these objects and no others, the namespace first', () => {
  expect(objects).toEqual(all)
})

test.each(models)('$kind is valid by its API schema', (model) => {
  expect(() => {
    model.validate()
  }).not.toThrow()
})

test.each(all)('$kind carries the recommended labels', ({ metadata }) => {
  expect(metadata?.labels).toMatchObject(recommendedLabels)
})

test('pods carry the recommended labels', () => {
  expect(deployment.spec?.template.metadata?.labels).toEqual(recommendedLabels)
})

test.each(all.slice(1))('$kind lives in the namespace that the file makes', ({ metadata }) => {
  expect(metadata?.namespace).toBe(namespace.metadata?.name)
})
