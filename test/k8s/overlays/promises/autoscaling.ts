import { Deployment } from 'kubernetes-models/apps/v1'
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2'
import { expect } from 'vitest'
import { only } from '../../objects.ts'
import type { Promises } from '../promises.ts'

export const autoscaling: Promises = {
  with(objects) {
    const { spec } = only(objects, HorizontalPodAutoscaler.is)
    const deployment = only(objects, Deployment.is)
    // Two numbers for one thing: each apply would undo what the autoscaler did.
    expect(deployment.spec).not.toHaveProperty('replicas')
    expect(spec.scaleTargetRef).toEqual({
      apiVersion: deployment.apiVersion,
      kind: deployment.kind,
      name: deployment.metadata?.name,
    })
    expect(spec).toMatchObject({ minReplicas: 2, maxReplicas: 10 })
    expect(spec.metrics).toEqual([
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '500m' } },
      },
    ])
    // One at a time: the longest drain is over before the next replica goes.
    const [down] = spec.behavior?.scaleDown?.policies ?? []
    const grace = deployment.spec?.template.spec?.terminationGracePeriodSeconds ?? Infinity
    expect(down).toMatchObject({ type: 'Pods', value: 1 })
    expect(down?.periodSeconds).toBeGreaterThan(grace)
  },

  without(objects) {
    expect(objects.filter(HorizontalPodAutoscaler.is)).toEqual([])
    expect(only(objects, Deployment.is).spec).toMatchObject({ replicas: 2 })
  },
}
