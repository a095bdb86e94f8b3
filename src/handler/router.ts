import type { Answer } from './answer.ts'
import { problem } from './problem.ts'
import type { Replica } from './replica.ts'

/** Answers one route. It may throw: the error boundary around the router makes that a 500. */
export type Route = (replica: Replica, request: Request) => Answer | Promise<Answer>

/** The routing table: path, then method. HEAD and OPTIONS come by themselves. */
export type Routes = Readonly<Record<string, Readonly<Record<string, Route>>>>

/** The target `*` of RFC 9110 §7.1 as adapters pass it on, because a URL cannot say it. */
const asterisk = '/*'

export interface Router {
  /** Answers a request: 404 and 405 where there is no route, OPTIONS for each path. */
  readonly answer: Route
  /** The path of the routing table that a request's target leads to, if there is one. */
  readonly routeOf: (target: string) => string | undefined
}

export function createRouter(routes: Routes): Router {
  const table = new Map(
    Object.entries(routes).map(([path, byMethod]) => {
      const methods = new Map(Object.entries(byMethod))
      const get = methods.get('GET')
      // HEAD runs GET; the handler leaves the body out (RFC 9110 §9.3.2).
      if (get) methods.set('HEAD', get)
      const allow = [...methods.keys(), 'OPTIONS'].join(', ')
      return [path, { path, methods, allow }]
    }),
  )
  const known = [...table.keys()].join(', ')

  const find = (target: string) => {
    // Most targets are a path of the table as it stands, and need not be parsed for it.
    const found = table.get(target)
    if (found || !target.startsWith('/')) return found
    return table.get(URL.parse(`http://host${target}`)?.pathname ?? '')
  }

  const answer: Route = (replica, request) => {
    const { method, url } = request
    const start = url.indexOf('/', 'https://'.length)
    // Some runtimes make an invalid URL of a target that is no path.
    const found = start < 0 ? undefined : find(url.slice(start))
    if (!found) {
      if (method === 'OPTIONS' && url.endsWith(asterisk)) return options('GET, HEAD, OPTIONS')
      return problem(404, `There is nothing at this path. Try one of: ${known}`)
    }
    const { methods, allow } = found
    const route = methods.get(method)
    if (route) return route(replica, request)
    if (method === 'OPTIONS') return options(allow)
    const wrong = problem(405, `This path does not take that method. It takes: ${allow}`)
    return { ...wrong, allow }
  }

  return { answer, routeOf: (target) => find(target)?.path }
}

function options(allow: string): Answer {
  return { status: 204, body: null, allow }
}
