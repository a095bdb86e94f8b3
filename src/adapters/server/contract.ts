import type { Identify, Identity } from '../../handler/identity.ts'
import type { Handler } from '../../handler/index.ts'
import type { Limits } from './limits.ts'

/** Identifies a response; one of a handler that is not ours need not say who gave it. */
export type IdentifyAny = (...of: Parameters<Identify>) => Partial<Identity>

/** What `serve(handler, options)` takes, the same on every runtime that has sockets. */
export interface ServeOptions {
  /** The address to listen on; every address if absent. */
  readonly host?: string | undefined
  /** 0 to 65535; 0 lets the operating system choose. */
  readonly port: number
  /** The setting that `port` comes from, to be named when it cannot be had; `PORT` if absent. */
  readonly portSetting?: string
  /** Seconds for which requests are still accepted after `close()`; 5 if absent. */
  readonly drainDelay?: number
  /** Seconds for which, after that, what is in flight may take to end; 15 if absent. */
  readonly drainTimeout?: number
  /** Told the cause of every response that failed; written to stderr if absent. */
  readonly onError?: (cause: unknown) => void
  /**
   * Identifies responses that the adapter gives by itself, because no `Request` could be made; they
   * say nothing of who gave them if absent.
   */
  readonly identify?: IdentifyAny
  /**
   * Whether a request to this target, a path with its query, comes from what watches the process. Such requests
   * go on to the end of a drain, so its report leaves them out; if absent, all count.
   */
  readonly isHealthCheck?: (target: string) => boolean
  /** As far as the runtime lets them be set; its adapter says which. */
  readonly limits?: Limits
}

/** A server that listens. */
export interface Server {
  /** Where it is reached on this machine, with the real port. */
  readonly url: string
  /** Drains: goes on serving for the delay, stops listening, waits for what is in flight. */
  close(): Promise<DrainReport>
}

/** What happened while draining. */
export interface DrainReport {
  /** Requests, health checks left out, that arrived after `close()` was called. */
  readonly requests: number
  /** Seconds from the call of `close()` to the last of them. */
  readonly lastRequestAfter: number
  /** The `drainDelay`, in seconds, that would have been long enough for them. */
  readonly fittingDrainDelay: number
  /** Whether something was left at the end of the time-out: if only a connection without a request. */
  readonly timedOut: boolean
  /** Connections with a response in flight that were cut at the end of the time-out. */
  readonly cut: number
}

/** Serves any fetch-style handler; rejects if it cannot listen. */
export type Serve = (handler: Handler, options: ServeOptions) => Promise<Server>
