import { parseAllDocuments } from 'yaml'

/** The objects in a text of YAML documents. */
export function parseObjects(text: string): unknown[] {
  return parseAllDocuments(text).map((document) => {
    const object: unknown = document.toJS()
    return object
  })
}

/** The one object of a kind; throws when there is none, or more than one. `is`: `Deployment.is`. */
export function only<T>(objects: readonly unknown[], is: (value: unknown) => value is T): T {
  const [found, ...more] = objects.filter(is)
  if (found === undefined || more.length > 0) throw new Error('Not exactly one of this kind.')
  return found
}
