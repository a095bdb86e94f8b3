// Bun: `bun src/adapters/bun.ts`. What it cannot do: say which connection a request came on, so
// that Served-By has no `conn` and `req`; take a method that it does not know, or the target `*`;
// tell us why a response failed in the middle of its stream (it prints that itself, to stderr).
// Of the limits it has `bodyBytes` and `idleTimeout`. It has no metrics.
import { hostname } from 'node:os'
import { drain } from './server/drain.ts'
import { guard } from './server/guard.ts'
import { withDefaults } from './server/options.ts'
import type { Serve } from './server/contract.ts'
import { explainListenError } from './process/start-error.ts'
import { urlOf } from './server/url.ts'

/** As much of Bun's own types as is used here; whole, they would replace Node's everywhere. */
declare const Bun: { readonly version: string; serve(options: BunOptions): BunServer }
interface BunOptions {
  readonly hostname: string | undefined
  readonly port: number
  readonly idleTimeout: number
  readonly maxRequestBodySize: number
  readonly fetch: (request: Request, server: BunServer) => Promise<Response>
  readonly error: (cause: unknown) => Response
}
interface BunServer {
  readonly port: number
  readonly pendingRequests: number
  requestIP(request: Request): { readonly address: string } | null
  timeout(request: Request, seconds: number): void
  stop(cut?: boolean): Promise<void>
}

/** Serves a fetch-style handler on Bun's HTTP server. */
export const serve: Serve = async (handler, given) => {
  const options = withDefaults(given)
  const { limits } = options
  const guarded = guard(handler, options)
  const server = await explainListenError(options, () =>
    Bun.serve({
      hostname: options.host,
      port: options.port,
      maxRequestBodySize: limits.bodyBytes,
      // Bun takes no more than 255 s.
      idleTimeout: Math.min(limits.idleTimeout, 255),
      // Otherwise a response that cannot be sent becomes a page for developers, with the sources.
      error: guarded.fail,
      fetch(request, server) {
        // The idle time-out would cut a response that takes longer, too.
        server.timeout(request, 0)
        return guarded.answer(request, { remoteAddress: server.requestIP(request)?.address })
      },
    }),
  )
  const drainable = {
    ...guarded,
    async stop() {
      // What it promises waits for connections that are stuck in a request, too.
      void server.stop()
      while (server.pendingRequests > 0) await new Promise((resolve) => setTimeout(resolve, 20))
    },
    async cut() {
      const busy = server.pendingRequests
      await server.stop(true)
      return busy
    },
  }
  return {
    url: urlOf(options.host ?? '::', server.port),
    close: () => drain(drainable, guarded.late, options),
  }
}

if (import.meta.main) {
  // Only now: who imports this file for `serve` gets no logger with it.
  const { main } = await import('./process/lifecycle.ts')
  await main({ name: `bun/${Bun.version}`, hostname: hostname(), serve })
}
