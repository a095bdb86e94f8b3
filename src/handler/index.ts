import { withBoundary } from './boundary.ts'
import type { Answer } from './answer.ts'
import type { Connection } from './connection.ts'
import { watchDeparture } from './departure.ts'
import { headersOf } from './headers.ts'
import { createIdentify, type Identify } from './identity.ts'
import { problem } from './problem.ts'
import type { Replica } from './replica.ts'
import { anyMethod, createRouter, type Routes } from './router.ts'
import { afflict, createSickness } from './faults/sickness.ts'
import { bytes } from './routes/bytes.ts'
import { chain } from './routes/chain.ts'
import { delay } from './routes/delay.ts'
import { endFaults, startFaults } from './routes/faults.ts'
import { status } from './routes/status.ts'
import { events } from './routes/events.ts'
import { livez } from './routes/livez.ts'
import { openapi } from './routes/openapi.ts'
import { readyz } from './routes/readyz.ts'
import { root } from './routes/root.ts'
import { ui } from './routes/ui.ts'
import { version } from './routes/version.ts'
import { whoami } from './routes/whoami.ts'
import { defaultSettings, type Settings } from './settings.ts'

/** The HTTP interface. On each path HEAD equals GET without the body, and OPTIONS says `Allow`. */
function createRoutes(settings: Settings): Routes {
  const sickness = createSickness()
  const routes: Routes = {
    '/': { GET: root },
    '/livez': { GET: livez },
    '/readyz': { GET: readyz(sickness) },
    '/version': { GET: version },
    '/ui': { GET: ui() },
    '/whoami': { [anyMethod]: whoami(settings.limits) },
    '/events': { GET: events(settings) },
    '/chain': { GET: chain(settings) },
    '/openapi.json': { GET: openapi(() => Object.keys(all)) },
  }
  const faults: Routes = {
    '/status/{code}': { [anyMethod]: status },
    '/delay/{seconds}': { [anyMethod]: delay(settings) },
    '/bytes/{n}': { GET: bytes(settings) },
    '/faults': { POST: startFaults(sickness, settings), DELETE: endFaults(sickness) },
  }
  const all = settings.faults ? afflict({ ...routes, ...faults }, sickness) : routes
  return all
}

/** The path of the HTTP interface that a request's target leads to, for metrics and logs. */
export const { routeOf } = createRouter(createRoutes({ ...defaultSettings, faults: true }))

/** Any fetch-style handler that can be served, ours or another. */
export type Handler = (request: Request, connection: Connection) => Response | Promise<Response>

export interface HandlerOptions extends Partial<Omit<Settings, 'departure'>> {
  /** Told the cause of every 500. */
  readonly onError: (cause: unknown) => void
  /** The runtime's `Response`; on Node the choice decides the speed. */
  readonly Response?: typeof Response
  /** Shared with an adapter that must answer by itself what never becomes a `Request`. */
  readonly identify?: Identify
  /** Seconds for which a replica that drains still gets requests. */
  readonly drainDelay?: number
  /** In place of the HTTP interface. */
  readonly routes?: Routes
}

/** Makes the handler of one replica. The handler never throws and never rejects. */
export function createHandler(
  replica: Replica,
  {
    onError,
    Response = globalThis.Response,
    identify = createIdentify(replica),
    routes,
    drainDelay = 0,
    ...settings
  }: HandlerOptions,
): Handler {
  const departure = watchDeparture(replica, drainDelay)
  const { answer } = createRouter(
    routes ?? createRoutes({ ...defaultSettings, ...settings, departure }),
  )

  const crash = (cause: unknown): Answer => {
    onError(cause)
    return problem(500, 'The service failed to answer this request. Its log says why.')
  }

  const respond = (answer: Answer, request: Request, connection: Connection): Response =>
    new Response(request.method === 'HEAD' ? null : answer.body, {
      status: answer.status,
      headers: headersOf(answer, identify(connection, request.headers.get('x-request-id'))),
    })

  return withBoundary<[Request, Connection], Answer, Response>(
    (request, connection) => answer(replica, request, connection),
    crash,
    respond,
  )
}
