import { json } from '../answer.ts'
import { openApiDocument } from '../openapi/document.ts'
import type { Route } from '../router.ts'

/**
 * The HTTP interface that this replica has, as OpenAPI 3.1.
 * @param paths gives those of the routing table
 */
export function openapi(paths: () => readonly string[]): Route {
  return ({ build }) => json(openApiDocument(build, paths()))
}
