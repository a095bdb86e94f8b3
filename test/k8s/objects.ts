import { parseAllDocuments } from 'yaml'

/** The objects in a text of YAML documents. */
export function parseObjects(text: string): unknown[] {
  return parseAllDocuments(text).map((document) => {
    const object: unknown = document.toJS()
    return object
  })
}

/** What deploy/monitoring and deploy/watch bring: pods of their own, with all that belongs to them. */
function standsBeside(object: unknown): boolean {
  return /"app\.kubernetes\.io\/component":"(monitoring|watch)"/.test(JSON.stringify(object))
}

/**
 * The one object of a kind, monitoring and watch left out; throws when there is none, or more than one. `is`:
 * `Deployment.is`.
 */
export function only<T>(objects: readonly unknown[], is: (value: unknown) => value is T): T {
  const [found, ...more] = objects.filter(is).filter((object) => !standsBeside(object))
  if (found === undefined || more.length > 0) throw new Error('Not exactly one of this kind.')
  return found
}
