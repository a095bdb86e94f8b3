import type { IncomingMessage } from 'node:http'
import * as fetchAPI from '@whatwg-node/fetch'
import { fallBack } from '../fall-back.ts'

/**
 * The `Headers` of a request. To look for one field takes no map of all; for whatever else somebody
 * wants, @whatwg-node/fetch makes the full ones.
 */
class LazyHeaders {
  readonly #incoming: IncomingMessage
  #full: Headers | undefined

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming
  }

  get(name: string): string | null {
    const { headers } = this.#incoming
    const field = name.toLowerCase()
    // Cookies to be set are an array, and what Object.prototype has is no field.
    if (this.#full || (field in headers && typeof headers[field] !== 'string'))
      return LazyHeaders.materialize(this).get(name)
    return headers[field]?.toString() ?? null
  }

  static readonly materialize = (lazy: LazyHeaders): Headers => {
    // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- none is undefined
    const init = lazy.#incoming.headers as Record<string, string>
    lazy.#full ??= new fetchAPI.Headers(init)
    return lazy.#full
  }
}

fallBack(LazyHeaders.prototype, () => fetchAPI.Headers, LazyHeaders.materialize)

/** The `Headers` of a request, of which only what somebody looks at is made. */
export function createHeaders(incoming: IncomingMessage): Headers {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- fallBack() added the rest
  return new LazyHeaders(incoming) as unknown as Headers
}
