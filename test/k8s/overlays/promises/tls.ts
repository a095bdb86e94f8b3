import { Certificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1'
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1'
import { expect } from 'vitest'
import { ingress as plain } from '../../manifest.ts'
import { only } from '../../objects.ts'
import type { Promises } from '../promises.ts'

export const tls: Promises = {
  with(objects) {
    const certificate = only(objects, Certificate.is).spec
    const ingress = only(objects, Ingress.is)
    const [host] = certificate?.dnsNames ?? []
    expect(certificate?.dnsNames).toHaveLength(1)
    expect(ingress.spec?.tls).toEqual([{ hosts: [host], secretName: certificate?.secretName }])
    expect(ingress.metadata?.annotations).toEqual({
      'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true',
    })
    // Otherwise as without TLS.
    const [rule, ...more] = ingress.spec?.rules ?? []
    expect(more).toEqual([])
    expect(rule).toEqual({ ...plain.spec?.rules?.[0], host })
  },

  without(objects) {
    for (const ingress of objects.filter(Ingress.is)) expect(ingress.spec).toEqual(plain.spec)
  },
}
