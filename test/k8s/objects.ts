import { parseAllDocuments } from 'yaml'

/** The objects in a text of YAML documents. */
export function parseObjects(text: string): unknown[] {
  return parseAllDocuments(text).map((document) => {
    const object: unknown = document.toJS()
    return object
  })
}

/** What deploy/monitoring brings: pods of its own, with all that belongs to them. */
function isMonitoring(object: unknown): boolean {
  return JSON.stringify(object).includes('"app.kubernetes.io/component":"monitoring"')
}

/**
 * The one object of a kind, monitoring left out; throws when there is none, or more than one. `is`:
 * `Deployment.is`.
 */
export function only<T>(objects: readonly unknown[], is: (value: unknown) => value is T): T {
  const [found, ...more] = objects.filter(is).filter((object) => !isMonitoring(object))
  if (found === undefined || more.length > 0) throw new Error('Not exactly one of this kind.')
  return found
}
