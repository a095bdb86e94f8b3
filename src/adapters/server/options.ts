import { defaultLimits, type Limits } from './limits.ts'
import type { IdentifyAny, ServeOptions } from './contract.ts'

/** Seconds. */
export const defaultDrain = {
  // ingress-nginx learns of a change of endpoints up to 4.3 s late: its sync runs every 3.3 s at
  // most, and its workers take up to another second.
  delay: 5,
  timeout: 15,
} as const

/** The same options with nothing left open that an adapter has to know. */
export interface ResolvedOptions extends ServeOptions {
  readonly drainDelay: number
  readonly drainTimeout: number
  readonly onError: (cause: unknown) => void
  readonly identify: IdentifyAny
  readonly limits: Limits
}

/** Fills in what `serve(handler, { port })` leaves out. */
export function withDefaults<Options extends ServeOptions>(
  options: Options,
): Options & ResolvedOptions {
  const {
    drainDelay = defaultDrain.delay,
    drainTimeout = defaultDrain.timeout,
    onError = writeError,
    identify = () => ({}),
    limits = defaultLimits,
  } = options
  return { ...options, drainDelay, drainTimeout, onError, identify, limits }
}

function writeError(cause: unknown): void {
  // eslint-disable-next-line no-console -- the one place to write to that every runtime has
  console.error(cause)
}
