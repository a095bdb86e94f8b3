import { empty, type Answer } from './answer.ts'
import type { Connection } from './connection.ts'
import { problem } from './problem.ts'
import type { Replica } from './replica.ts'

/** What a route is called with. */
export interface Call {
  readonly request: Request
  readonly connection: Connection
  /** What stands in the place of the braces at the end of the route's path, as it was sent. */
  readonly parameter: string
}

/** Answers one route. It may throw: the error boundary around the router makes that a 500. */
export type Route = (replica: Replica, call: Call) => Answer | Promise<Answer>

/**
 * The routing table: path, then method. The last segment of a path may be a parameter, such as
 * `/status/{code}`; the method may be `anyMethod`. HEAD and OPTIONS come by themselves.
 */
export type Routes = Readonly<Record<string, Readonly<Record<string, Route>>>>

/** Every method but OPTIONS, which says what there is, and TRACE, which would echo credentials. */
export const anyMethod = '*'

/** What `Allow` says of `anyMethod`: there are more, but these are the ones that are in use. */
const usualMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The target `*` of RFC 9110 §7.1 as adapters pass it on, because a URL cannot say it. */
const asterisk = '/*'

export interface Router {
  /** Answers a request: 404 and 405 where there is no route, OPTIONS for each path. */
  readonly answer: (
    replica: Replica,
    request: Request,
    connection: Connection,
  ) => Answer | Promise<Answer>
  /** The path of the routing table that a request's target leads to, if there is one. */
  readonly routeOf: (target: string) => string | undefined
}

interface Entry {
  readonly path: string
  readonly methods: ReadonlyMap<string, Route>
  readonly allow: string
}

interface Found extends Entry {
  readonly parameter: string
}

export function createRouter(routes: Routes): Router {
  const exact = new Map<string, Found>()
  const byPrefix = new Map<string, Entry>()
  for (const [path, byMethod] of Object.entries(routes)) {
    const entry = { path, ...methodsOf(byMethod) }
    if (path.endsWith('}')) byPrefix.set(prefixOf(path), entry)
    else exact.set(path, { ...entry, parameter: '' })
  }
  const known = Object.keys(routes).join(', ')

  const findPath = (path: string): Found | undefined => {
    const found = exact.get(path)
    if (found || byPrefix.size === 0) return found
    const prefix = prefixOf(path)
    const entry = byPrefix.get(prefix)
    return entry && { ...entry, parameter: path.slice(prefix.length) }
  }
  const find = (target: string) => {
    // Most targets are a path of the table as it stands, and need not be parsed for it.
    const found = exact.get(target)
    if (found || !target.startsWith('/')) return found
    return findPath(URL.parse(`http://host${target}`)?.pathname ?? '')
  }

  return {
    answer(replica, request, connection) {
      const { method, url } = request
      const start = url.indexOf('/', 'https://'.length)
      // Some runtimes make an invalid URL of a target that is no path.
      const found = start < 0 ? undefined : find(url.slice(start))
      if (!found) {
        if (method === 'OPTIONS' && url.endsWith(asterisk)) return options('GET, HEAD, OPTIONS')
        return problem(404, `There is nothing at this path. Try one of: ${known}`)
      }
      const { methods, allow, parameter } = found
      const route = methods.get(method)
      if (route) return route(replica, { request, connection, parameter })
      if (method === 'OPTIONS') return options(allow)
      const any = method === 'TRACE' ? undefined : methods.get(anyMethod)
      if (any) return any(replica, { request, connection, parameter })
      const wrong = problem(405, `This path does not take that method. It takes: ${allow}`)
      return { ...wrong, fields: { allow } }
    },
    routeOf: (target) => find(target)?.path,
  }
}

function methodsOf(byMethod: Readonly<Record<string, Route>>): Omit<Entry, 'path'> {
  const methods = new Map(Object.entries(byMethod))
  const get = methods.get('GET')
  // HEAD runs GET; the handler leaves the body out (RFC 9110 §9.3.2).
  if (get) methods.set('HEAD', get)
  const named = methods.has(anyMethod) ? usualMethods : [...methods.keys()]
  return { methods, allow: [...named, 'OPTIONS'].join(', ') }
}

/** All of a path up to its last segment. */
function prefixOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

function options(allow: string): Answer {
  return { ...empty(), fields: { allow } }
}
