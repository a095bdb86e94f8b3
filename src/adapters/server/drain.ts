import type { DrainReport } from './contract.ts'
import type { LateRequests } from './late-requests.ts'
import type { ResolvedOptions } from './options.ts'

/** What a runtime's server can do to end. */
export interface Drainable {
  /** From now on every response says `Connection: close`. */
  closeAfterResponse(): void
  /** Stops listening, closes idle connections; resolves when nothing is in flight any more. */
  stop(): Promise<void>
  /** Cuts all that is left and says how much of it had a response in flight. */
  cut(): number | Promise<number>
}

/**
 * Lets a server end without losing a request. The runtimes' own ways to stop cannot: they close
 * idle connections at once, on which a proxy may be sending, and leave busy ones open for more.
 */
export async function drain(
  server: Drainable,
  late: LateRequests,
  { drainDelay, drainTimeout }: ResolvedOptions,
): Promise<DrainReport> {
  late.begin()
  server.closeAfterResponse()
  await after(drainDelay)

  const timeout = new AbortController()
  const inTime = await Promise.race([
    server.stop().then(() => true),
    after(drainTimeout, timeout.signal).then(() => false),
  ])
  timeout.abort()
  const cut = inTime ? 0 : await server.cut()

  const { requests, lastRequestAfter } = late.count()
  // A second more than was needed this time.
  const fittingDrainDelay = Math.ceil(lastRequestAfter + 1)
  return { requests, lastRequestAfter, fittingDrainDelay, timedOut: !inTime, cut }
}

/** Resolves after `seconds`, unless it is aborted before that: then its timer is gone. */
function after(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
    })
  })
}
