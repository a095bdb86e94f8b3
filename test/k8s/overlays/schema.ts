import type { Model, TypeMeta } from '@kubernetes-models/base'
import * as certManager from '@kubernetes-models/cert-manager/cert-manager.io/v1'
import * as gateway from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1'
import * as apps from 'kubernetes-models/apps/v1'
import * as autoscaling from 'kubernetes-models/autoscaling/v2'
import * as batch from 'kubernetes-models/batch/v1'
import * as networking from 'kubernetes-models/networking.k8s.io/v1'
import * as policy from 'kubernetes-models/policy/v1'
import * as rbac from 'kubernetes-models/rbac.authorization.k8s.io/v1'
import * as core from 'kubernetes-models/v1'
import * as v from 'valibot'

const groups: Record<string, Record<string, unknown>> = {
  'apps/v1': { ...apps },
  'autoscaling/v2': { ...autoscaling },
  'batch/v1': { ...batch },
  'cert-manager.io/v1': { ...certManager },
  'gateway.networking.k8s.io/v1': { ...gateway },
  'networking.k8s.io/v1': { ...networking },
  'policy/v1': { ...policy },
  'rbac.authorization.k8s.io/v1': { ...rbac },
  v1: { ...core },
}

const Labels = v.optional(v.record(v.string(), v.string()))

/** What every object has. */
export const AnyObject = v.looseObject({
  apiVersion: v.string(),
  kind: v.string(),
  metadata: v.looseObject({
    name: v.string(),
    namespace: v.optional(v.string()),
    labels: Labels,
  }),
})
export type AnyObject = v.InferOutput<typeof AnyObject>

type ModelClass = new (data: TypeMeta) => Model<TypeMeta>

function isModelClass(value: unknown): value is ModelClass {
  return typeof value === 'function' && 'is' in value
}

/** The names of all fields in a value, as paths. */
function fieldPaths(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, field]) => {
    const own = `${path}/${name}`
    return [own, ...fieldPaths(field, own)]
  })
}

/** A copy that notes the path of each field that somebody looks at. */
function watched(value: unknown, path: string, seen: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value
  const copy = Array.isArray(value) ? [] : {}
  for (const [name, field] of Object.entries(value)) {
    Reflect.set(copy, name, watched(field, `${path}/${name}`, seen))
  }
  return new Proxy(copy, {
    get(target, name) {
      seen.add(`${path}/${String(name)}`)
      const field: unknown = Reflect.get(target, name)
      return field
    },
  })
}

/**
 * Validates an object against the schema of its API.
 * @returns The paths of fields that the schema does not know: an API server refuses them, but the
 *   models let them pass. They are those that the validation did not look at.
 * @throws What the schema says, or that there is no model for such an object.
 */
export function unknownFields(object: AnyObject): string[] {
  const Found = groups[object.apiVersion]?.[object.kind]
  if (!isModelClass(Found)) throw new Error(`No model of ${object.apiVersion} ${object.kind}`)
  const seen = new Set<string>()
  const model = new Found(object)
  for (const [name, field] of Object.entries(model)) {
    seen.add(`/${name}`)
    Reflect.set(model, name, watched(field, `/${name}`, seen))
  }
  model.validate()
  return fieldPaths(object).filter((path) => !seen.has(path))
}
