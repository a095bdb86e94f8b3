import { Deployment } from 'kubernetes-models/apps/v1'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { expect } from 'vitest'
import { readConfig } from '../../../../src/adapters/process/config.ts'
import { only } from '../../objects.ts'
import type { Promises } from '../promises.ts'

function upstreamsOf(objects: readonly unknown[]) {
  const [container] = only(objects, Deployment.is).spec?.template.spec?.containers ?? []
  return container?.env?.find(({ name }) => name === 'UPSTREAMS')?.value
}

export const chain: Promises = {
  with(objects) {
    const upstreams = upstreamsOf(objects)
    expect(readConfig({ UPSTREAMS: upstreams }).upstreams).toEqual(['http://served-by/'])
    const { spec } = only(objects, NetworkPolicy.is)
    expect(spec).toMatchObject({
      policyTypes: ['Ingress', 'Egress'],
      egress: [
        {
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
        { to: [{ namespaceSelector: {} }] },
      ],
    })
  },

  without(objects) {
    expect(upstreamsOf(objects)).toBeUndefined()
    expect(only(objects, NetworkPolicy.is).spec).not.toHaveProperty('egress')
  },
}
