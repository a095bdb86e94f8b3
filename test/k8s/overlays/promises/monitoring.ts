import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { Role, RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1'
import { ConfigMap, Service } from 'kubernetes-models/v1'
import { expect } from 'vitest'
import { parse } from 'yaml'
import { networkPolicy as ofServer } from '../../manifest.ts'
import type { Promises } from '../promises.ts'

interface Named {
  readonly metadata?: { readonly name?: string }
}

function named<T extends Named>(objects: readonly T[], name: string): T {
  const found = objects.find(({ metadata }) => metadata?.name === name)
  if (!found) throw new Error(`There is no ${name}.`)
  return found
}

function dataOf(objects: readonly unknown[], name: string): Record<string, string> {
  const found = objects
    .filter(ConfigMap.is)
    .find(({ metadata }) => metadata?.name?.startsWith(name))
  return found?.data ?? {}
}

export const monitoring: Promises = {
  with(objects) {
    const prometheus = named(objects.filter(StatefulSet.is), 'served-by-prometheus')
    const grafana = named(objects.filter(Deployment.is), 'served-by-grafana')
    const pods = [prometheus.spec?.template.spec, grafana.spec?.template.spec]

    // The volume outlives the pod.
    expect(prometheus.spec?.volumeClaimTemplates).toHaveLength(1)
    // Only Prometheus may ask the API, and only which pods there are.
    expect(pods.map((pod) => pod?.automountServiceAccountToken)).toEqual([true, false])
    expect(named(objects.filter(Role.is), 'served-by-prometheus').rules).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
    ])
    expect(named(objects.filter(RoleBinding.is), 'served-by-prometheus')).toMatchObject({
      roleRef: { kind: 'Role', name: 'served-by-prometheus' },
      subjects: [{ kind: 'ServiceAccount', name: pods[0]?.serviceAccountName }],
    })
    // The namespace refuses pods that do not meet the restricted standard.
    for (const pod of pods) {
      expect(pod?.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      })
      expect(pod?.containers[0]?.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
    }
    // Each pod mounts the generated file, whose name has a hash.
    for (const pod of pods) {
      const [name] = pod?.volumes?.flatMap(({ configMap }) => configMap?.name ?? []) ?? []
      expect(Object.keys(dataOf(objects, name ?? '-')).length).toBeGreaterThan(1)
    }

    const policies = objects.filter(NetworkPolicy.is)
    const ofPrometheus = named(policies, 'served-by-prometheus').spec
    expect(ofPrometheus?.podSelector?.matchLabels).toEqual(prometheus.spec?.selector.matchLabels)
    expect(ofPrometheus?.egress).toContainEqual({
      to: [{ podSelector: ofServer.spec?.podSelector }],
      ports: [{ protocol: 'TCP', port: 'metrics' }],
    })
    const ofGrafana = named(policies, 'served-by-grafana').spec
    expect(ofGrafana?.podSelector?.matchLabels).toEqual(grafana.spec?.selector.matchLabels)
    expect(ofGrafana?.ingress).toBeUndefined()

    const service = named(objects.filter(Service.is), 'served-by-prometheus')
    const files = dataOf(objects, 'served-by-grafana')
    expect(parse(files['datasources.yml'] ?? '')).toMatchObject({
      datasources: [
        {
          uid: 'prometheus',
          url: `http://${service.metadata?.name ?? ''}:${service.spec?.ports?.[0]?.port ?? ''}`,
        },
      ],
    })
    expect(files['dashboard.json']).toContain('"uid": "prometheus"')
  },

  without(objects) {
    expect(objects.filter(StatefulSet.is)).toEqual([])
    expect(objects.filter(ConfigMap.is)).toEqual([])
  },
}
