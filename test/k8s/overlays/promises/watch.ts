import { Deployment } from 'kubernetes-models/apps/v1'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { expect } from 'vitest'
import { networkPolicy as ofServer } from '../../manifest.ts'
import type { Promises } from '../promises.ts'

const name = 'served-by-watch'
const policyOf = (objects: readonly unknown[], of: string) =>
  objects.filter(NetworkPolicy.is).find(({ metadata }) => metadata?.name === of)?.spec

/** What its pod is like, is in watch.test.ts. */
export const watch: Promises = {
  with(objects) {
    const deployments = objects.filter(Deployment.is)
    const deployment = deployments.find(({ metadata }) => metadata?.name === name)
    const labels = deployment?.spec?.selector.matchLabels
    expect(labels).toMatchObject({ 'app.kubernetes.io/component': 'watch' })

    const own = policyOf(objects, name)
    expect(own?.podSelector?.matchLabels).toEqual(labels)
    expect(own?.egress).toContainEqual({
      to: [{ podSelector: ofServer.spec?.podSelector }],
      ports: [{ protocol: 'TCP', port: 'http' }],
    })
    // Where there is a Prometheus, either lets the other.
    const prometheus = policyOf(objects, 'served-by-prometheus')
    if (!prometheus) return
    const ports = [{ protocol: 'TCP', port: 'metrics' }]
    expect(prometheus.egress).toContainEqual({
      to: [{ podSelector: { matchLabels: labels } }],
      ports,
    })
    expect(prometheus.podSelector?.matchLabels).toMatchObject(
      own?.ingress?.[0]?.from?.[0]?.podSelector?.matchLabels ?? { nobody: 'there' },
    )
    expect(own?.ingress?.[0]?.ports).toEqual(ports)
  },

  without(objects) {
    const names = objects.filter(Deployment.is).map(({ metadata }) => metadata?.name)
    expect(names).not.toContain(name)
  },
}
