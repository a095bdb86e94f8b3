import type { Build } from '../replica.ts'
import { paths } from './paths.ts'
import { headers, responses } from './responses.ts'
import { schemas } from './schemas.ts'

const description = `Which replica answered, and when? On every path HEAD equals GET without the body,
OPTIONS is 204 with Allow, another method is 405 with Allow, and an unknown path is 404.`

/**
 * The HTTP interface as OpenAPI 3.1.
 * @param routes the paths of the routing table: those that this replica has
 */
export function openApiDocument({ version }: Build, routes: readonly string[]): object {
  return {
    openapi: '3.1.1',
    info: {
      title: 'served-by',
      version,
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    // Nobody has to say who they are.
    security: [],
    paths: Object.fromEntries(routes.map((path) => [path, paths[path]])),
    components: { headers, responses, schemas },
  }
}
