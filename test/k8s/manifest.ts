import { readFileSync } from 'node:fs'
import { Deployment } from 'kubernetes-models/apps/v1'
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { Namespace, Service, ServiceAccount } from 'kubernetes-models/v1'
import { only, parseObjects } from './objects.ts'

/** Everything in `k8s.yaml`, in the order in which it is applied. */
export const objects = parseObjects(
  readFileSync(new URL('../../k8s.yaml', import.meta.url), 'utf8'),
)

export const namespace = only(objects, Namespace.is)
export const serviceAccount = only(objects, ServiceAccount.is)
export const deployment = only(objects, Deployment.is)
export const service = only(objects, Service.is)
export const ingress = only(objects, Ingress.is)
export const budget = only(objects, PodDisruptionBudget.is)
export const networkPolicy = only(objects, NetworkPolicy.is)

export const pod = deployment.spec?.template.spec
export const container = pod?.containers[0]
