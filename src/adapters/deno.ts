// Deno: `deno run --allow-net --allow-env --allow-sys=hostname src/adapters/deno.ts`. What it cannot
// do: say which connection a request came on, so that Served-By has no `conn` and `req`; close a
// connection after a response that says so (while draining it relies on the client to do that);
// keep limits. It has no metrics.
import { drain } from './server/drain.ts'
import { guard } from './server/guard.ts'
import { withDefaults } from './server/options.ts'
import type { Serve } from './server/contract.ts'
import { explainListenError } from './process/start-error.ts'
import { urlOf } from './server/url.ts'

/** As much of Deno's own types as is used here; whole, they would replace Node's everywhere. */
declare const Deno: {
  readonly version: { readonly deno: string }
  hostname(): string
  serve(
    options: {
      readonly hostname: string
      readonly port: number
      readonly onListen: () => void
      readonly onError: (cause: unknown) => Response
    },
    handler: (
      request: Request,
      info: { readonly remoteAddr: Address; readonly completed: Promise<void> },
    ) => Promise<Response>,
  ): { readonly addr: Address; shutdown(): Promise<void> }
}
interface Address {
  readonly hostname: string
  readonly port: number
}

/** Serves a fetch-style handler on Deno's HTTP server. The first call replaces the global `fetch`. */
export const serve: Serve = async (handler, given) => {
  acceptServedRequests()
  const options = withDefaults(given)
  const { host: hostname = '::', port } = options
  const guarded = guard(handler, options, renewed)
  let busy = 0
  // Deno would announce the server on stdout by itself; it calls `onError` if a stream fails.
  const settings = { hostname, port, onListen: () => undefined, onError: guarded.fail }
  const server = await explainListenError(options, () =>
    Deno.serve(settings, (request, { remoteAddr, completed }) => {
      busy += 1
      completed.catch(() => undefined).finally(() => (busy -= 1))
      return guarded.answer(request, { remoteAddress: remoteAddr.hostname })
    }),
  )
  const drainable = {
    ...guarded,
    stop: () => server.shutdown(),
    // Deno has no way to cut them but the end of the process (denoland/deno#25792).
    cut: () => busy,
  }
  return {
    url: urlOf(server.addr.hostname, server.addr.port),
    close: () => drain(drainable, guarded.late, options),
  }
}

/**
 * The same response as a new one, which cannot be made if somebody else reads its body: Deno ends the
 * process if it is to send that (denoland/deno#23849). To look whether the body is locked makes Deno send
 * a string in chunks, unless it comes out of a new response.
 * @throws TypeError if the body is locked
 */
function renewed(response: Response): Response {
  const { status, statusText, body } = response
  if (body === null || status === 101) return response
  return new Response(body, { status, statusText, headers: response.headers })
}

let accepting: typeof fetch | undefined

/**
 * Makes `fetch(request)` take the request that a handler was given, which Deno's own refuses, as it does
 * its copies: its server leaves out members that `fetch` looks at. A request made of the others has all.
 */
function acceptServedRequests(): void {
  if (fetch === accepting) return
  const platformFetch = fetch
  // Only the server's, and what was made of it, say nothing of redirects.
  const isServed = ({ redirect }: { readonly redirect?: string }) => redirect === undefined
  accepting = async (input, init) =>
    platformFetch(
      input instanceof Request && isServed(input) ? new Request(input.url, input) : input,
      init,
    )
  globalThis.fetch = accepting
}

if (import.meta.main) {
  // Only now: who imports this file for `serve` gets no logger with it.
  const { main } = await import('./process/lifecycle.ts')
  await main({ name: `deno/${Deno.version.deno}`, hostname: Deno.hostname(), serve })
}
