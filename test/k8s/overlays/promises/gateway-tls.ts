import { Certificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1'
import { Gateway, HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1'
import { expect } from 'vitest'
import { only } from '../../objects.ts'
import type { Promises } from '../promises.ts'

export const gatewayTls: Promises = {
  with(objects) {
    const secret = only(objects, Certificate.is).spec?.secretName
    const gateway = only(objects, Gateway.is)
    expect(gateway.spec.listeners).toEqual([
      { name: 'http', protocol: 'HTTP', port: 80 },
      {
        name: 'https',
        protocol: 'HTTPS',
        port: 443,
        tls: { mode: 'Terminate', certificateRefs: [{ name: secret }] },
      },
    ])
    // What comes by HTTP meets the redirect only.
    const routes = objects.filter(HTTPRoute.is).map(({ spec: { parentRefs, rules } }) => ({
      listeners: parentRefs?.map(({ name, sectionName }) => [name, sectionName]),
      backends: rules?.flatMap(({ backendRefs }) => backendRefs ?? []).length,
      filters: rules?.flatMap(({ filters }) => filters ?? []),
    }))
    const name = gateway.metadata?.name
    expect(routes).toHaveLength(2)
    expect(routes).toContainEqual({ listeners: [[name, 'https']], backends: 1, filters: [] })
    expect(routes).toContainEqual({
      listeners: [[name, 'http']],
      backends: 0,
      filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }],
    })
  },

  without(objects) {
    const listeners = objects.filter(Gateway.is).flatMap(({ spec }) => spec.listeners)
    expect(listeners.map(({ name }) => name)).not.toContain('https')
  },
}
