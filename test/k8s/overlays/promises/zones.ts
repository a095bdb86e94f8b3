import { Deployment } from 'kubernetes-models/apps/v1'
import { Service } from 'kubernetes-models/v1'
import { expect } from 'vitest'
import { deployment as plain } from '../../manifest.ts'
import { only } from '../../objects.ts'
import type { Promises } from '../promises.ts'

const [byHost] = plain.spec?.template.spec?.topologySpreadConstraints ?? []

function spreadOf(objects: readonly unknown[]) {
  return only(objects, Deployment.is).spec?.template.spec?.topologySpreadConstraints
}

export const zones: Promises = {
  with(objects) {
    expect(only(objects, Service.is).spec).toMatchObject({ trafficDistribution: 'PreferSameZone' })
    const spread = spreadOf(objects)
    expect(spread).toHaveLength(2)
    expect(spread).toContainEqual(byHost)
    expect(spread).toContainEqual({ ...byHost, topologyKey: 'topology.kubernetes.io/zone' })
  },

  without(objects) {
    expect(only(objects, Service.is).spec).not.toHaveProperty('trafficDistribution')
    expect(spreadOf(objects)).toEqual([byHost])
  },
}
