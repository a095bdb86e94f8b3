import { readFileSync } from 'node:fs'
import { Deployment } from 'kubernetes-models/apps/v1'
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { Namespace, Service, ServiceAccount } from 'kubernetes-models/v1'
import { parseAllDocuments } from 'yaml'

/** Everything in `k8s.yaml`, in the order in which it is applied. */
export const objects = parseAllDocuments(
  readFileSync(new URL('../../k8s.yaml', import.meta.url), 'utf8'),
).map((document) => {
  const object: unknown = document.toJS()
  return object
})

/** The one object of a kind; throws when there is none, or more than one. */
function only<T>(is: (value: unknown) => value is T): T {
  const [found, ...more] = objects.filter(is)
  if (found === undefined || more.length > 0) throw new Error('Not exactly one of this kind.')
  return found
}

export const namespace = only(Namespace.is)
export const serviceAccount = only(ServiceAccount.is)
export const deployment = only(Deployment.is)
export const service = only(Service.is)
export const ingress = only(Ingress.is)
export const budget = only(PodDisruptionBudget.is)
export const networkPolicy = only(NetworkPolicy.is)

export const pod = deployment.spec?.template.spec
export const container = pod?.containers[0]
