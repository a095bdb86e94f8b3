import { Certificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1'
import { Gateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1'
import { Deployment } from 'kubernetes-models/apps/v1'
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1'
import { expect, test } from 'vitest'
import packageJson from '../../../package.json' with { type: 'json' }
import { only } from '../objects.ts'
import { render } from './render.ts'

const digest = `sha256:${'a'.repeat(64)}`

test.each([
  {
    IMAGE: 'registry.example/team/served-by',
    image: `registry.example/team/served-by:${packageJson.version}`,
  },
  { IMAGE: 'registry.example/served-by:1', image: 'registry.example/served-by:1' },
  { IMAGE: 'registry.example:5000/served-by:1', image: 'registry.example:5000/served-by:1' },
  { IMAGE: `registry.example:5000/it@${digest}`, image: `registry.example:5000/it@${digest}` },
  { IMAGE: `registry.example/it:1@${digest}`, image: `registry.example/it@${digest}` },
])('IMAGE=$IMAGE', ({ IMAGE, image }) => {
  const spec = only(render([], { IMAGE }), Deployment.is).spec?.template.spec
  expect(spec?.containers.map((container) => container.image)).toEqual([image])
})

test('TLS_HOST and TLS_ISSUER are where the example was, and nowhere is the example left', () => {
  const settings = { TLS_HOST: 'who.my-domain.example', TLS_ISSUER: 'internal' }
  for (const components of [['tls'], ['gateway-api', 'gateway-tls']]) {
    const objects = render(components, settings)
    const { spec } = only(objects, Certificate.is)
    expect(spec?.dnsNames).toEqual([settings.TLS_HOST])
    expect(spec?.issuerRef.name).toBe(settings.TLS_ISSUER)
    expect(JSON.stringify(objects)).not.toMatch(/served-by\.example\.com|letsencrypt/)
  }
  const ingress = only(render(['tls'], settings), Ingress.is)
  expect(ingress.spec?.rules?.map(({ host }) => host)).toEqual([settings.TLS_HOST])
  expect(ingress.spec?.tls?.flatMap(({ hosts }) => hosts)).toEqual([settings.TLS_HOST])
})

test('GATEWAY_CLASS', () => {
  const objects = render(['gateway-api'], { GATEWAY_CLASS: 'istio' })
  expect(only(objects, Gateway.is).spec.gatewayClassName).toBe('istio')
})

test('PROBE_IMAGE, where it is watched', () => {
  const [IMAGE, PROBE_IMAGE] = ['registry.example/served-by:1', `registry.example/probe@${digest}`]
  const images = render(['watch'], { IMAGE, PROBE_IMAGE })
    .filter(Deployment.is)
    .flatMap(({ spec }) => spec?.template.spec?.containers.map(({ image }) => image))
  expect(images.toSorted()).toEqual([PROBE_IMAGE, IMAGE])
})

test('INGRESS_CLASS', () => {
  for (const components of [[], ['tls']]) {
    const ingress = only(render(components, { INGRESS_CLASS: 'traefik' }), Ingress.is)
    expect(ingress.spec?.ingressClassName).toBe('traefik')
  }
})

test.each([
  [['gateway-tls'], 'cannot put these together: gateway-tls'],
  [['gateway-api', 'tls'], 'cannot put these together: gateway-api tls'],
  [['nonsense'], "'nonsense', which is not there. There are: access autoscaling"],
])('%j is refused', (components, sentence) => {
  expect(() => render(components)).toThrow(sentence)
})
