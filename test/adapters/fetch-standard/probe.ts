import type { Parts } from './parts.ts'

/** A look at a `Request`; whatever it gives or throws must be the same for every `Request`. */
export interface Probe {
  /** For people; unique in its subject. */
  readonly name: string
  readonly parts: Parts
  /** Gives what can be compared, or a `Response` of which status, type and content are compared. */
  readonly look: (request: Request) => unknown
}

/**
 * What a look gives, as JSON; an error is its name, because messages differ between runtimes.
 * @param patience milliseconds after which a look that has not settled counts as one that never does
 */
export async function outcome(look: () => unknown, patience: number): Promise<unknown> {
  const late = Promise.withResolvers<string>()
  const timer = setTimeout(() => {
    late.resolve('(never settles)')
  }, patience)
  try {
    return plain(await Promise.race([attempt(look), late.promise]))
  } finally {
    clearTimeout(timer)
  }
}

/** What a function gives or, if it throws or rejects, the name of the error. */
export async function attempt(run: () => unknown): Promise<unknown> {
  let throwsAtOnce = true
  try {
    const result = run()
    throwsAtOnce = false
    return await result
  } catch (cause) {
    return `${throwsAtOnce ? 'throws' : 'rejects with'} ${nameOf(cause)}`
  }
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : String(cause)
}

/** The same as JSON can say it. */
function plain(value: unknown): unknown {
  if (value === undefined) return '(undefined)'
  if (typeof value === 'function') return '(function)'
  if (typeof value === 'symbol') return String(value)
  if (value instanceof ArrayBuffer) return { buffer: [...new Uint8Array(value)] }
  if (value instanceof Uint8Array) return { bytes: [...value] }
  if (value instanceof Error) return { error: value.name }
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  if (Object.getPrototypeOf(value) !== Object.prototype)
    return Object.prototype.toString.call(value)
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, plain(of)]))
}

/** A member, which may be one that the types do not know. */
export function memberOf(object: object, name: string | symbol): unknown {
  return Reflect.get(object, name)
}
