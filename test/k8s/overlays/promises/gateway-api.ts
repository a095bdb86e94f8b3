import { Gateway, HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1'
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1'
import { Service } from 'kubernetes-models/v1'
import { expect } from 'vitest'
import { only } from '../../objects.ts'
import type { Promises } from '../promises.ts'

export const gatewayApi: Promises = {
  with(objects) {
    expect(objects.filter(Ingress.is)).toEqual([])
    const gateway = only(objects, Gateway.is)
    const service = only(objects, Service.is)
    expect(gateway.spec.listeners).toContainEqual({ name: 'http', protocol: 'HTTP', port: 80 })
    const main = objects
      .filter(HTTPRoute.is)
      .filter(({ metadata }) => metadata?.name === 'served-by')
    expect(main).toHaveLength(1)
    expect(main[0]?.spec.parentRefs).toMatchObject([{ name: gateway.metadata?.name }])
    expect(main[0]?.spec.rules).toEqual([
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        backendRefs: [{ name: service.metadata?.name, port: service.spec?.ports?.[0]?.port }],
      },
    ])
  },

  without(objects) {
    expect(objects.filter(Gateway.is)).toEqual([])
    expect(objects.filter(HTTPRoute.is)).toEqual([])
    expect(objects.filter(Ingress.is)).toHaveLength(1)
  },
}
