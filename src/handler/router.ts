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
  /** The path of the routing table that a URL leads to, whatever the method, if there is one. */
  readonly routeOf: (url: string) => string | undefined
}

export function createRouter(routes: Routes): Router {
  const paths = new Map(
    Object.entries(routes).map(([path, methods]) => {
      const table = new Map(Object.entries(methods))
      const get = table.get('GET')
      // HEAD runs GET; the handler leaves the body out (RFC 9110 §9.3.2).
      if (get) table.set('HEAD', get)
      return [path, table]
    }),
  )
  const known = [...paths.keys()].join(', ')

  const answer: Route = (replica, request) => {
    const { pathname } = new URL(request.url)
    if (request.method === 'OPTIONS' && pathname === asterisk) return options('GET, HEAD, OPTIONS')
    const methods = paths.get(pathname)
    if (!methods) return problem(404, `There is nothing at this path. Try one of: ${known}`)
    const route = methods.get(request.method)
    if (route) return route(replica, request)
    const allow = [...methods.keys(), 'OPTIONS'].join(', ')
    if (request.method === 'OPTIONS') return options(allow)
    const wrong = problem(405, `This path does not take that method. It takes: ${allow}`)
    return { ...wrong, headers: { ...wrong.headers, allow } }
  }

  const routeOf = (url: string) => {
    const path = URL.parse(url)?.pathname
    return path !== undefined && paths.has(path) ? path : undefined
  }

  return { answer, routeOf }
}

function options(allow: string): Answer {
  return { status: 204, headers: { allow }, body: null }
}
