import type { IncomingMessage } from 'node:http'
import { loadPlatform, standFor } from '../platform.ts'

/** A field name (RFC 9110 §5.1). */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** Says how the content came, which the adapter has undone; `fetch` takes no request that says it. */
const hopByHop = 'transfer-encoding'

/**
 * The `Headers` of a request. To look one field up needs no map of all (docs/performance.md); for
 * whatever else a handler asks, they are copied into the platform's own.
 */
export class NodeHeaders implements Headers {
  readonly #incoming: IncomingMessage
  #full: Headers | undefined

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming
  }

  get(...args: [name: string]): string | null {
    const [name] = args
    if (this.#full || typeof name !== 'string') return NodeHeaders.full(this).get(...args)
    const { headers } = this.#incoming
    const field = name.toLowerCase()
    if (!Object.hasOwn(headers, field) && token.test(name) && field !== '__proto__') return null
    const value = headers[field]
    // A field is an array if it is one of those that cannot be joined.
    const isWhole = typeof value === 'string' && field !== hopByHop
    return isWhole ? value : NodeHeaders.full(this).get(name)
  }

  append(...args: Parameters<Headers['append']>): void {
    NodeHeaders.full(this).append(...args)
  }
  delete(...args: Parameters<Headers['delete']>): void {
    NodeHeaders.full(this).delete(...args)
  }
  has(...args: Parameters<Headers['has']>): boolean {
    return NodeHeaders.full(this).has(...args)
  }
  set(...args: Parameters<Headers['set']>): void {
    NodeHeaders.full(this).set(...args)
  }
  getSetCookie(): string[] {
    return NodeHeaders.full(this).getSetCookie()
  }
  keys(): ReturnType<Headers['keys']> {
    return NodeHeaders.full(this).keys()
  }
  values(): ReturnType<Headers['values']> {
    return NodeHeaders.full(this).values()
  }
  entries(): ReturnType<Headers['entries']> {
    return NodeHeaders.full(this).entries()
  }
  forEach(callback: Parameters<Headers['forEach']>[0], thisArg?: unknown): void {
    NodeHeaders.full(this).forEach((value, name) => {
      callback.call(thisArg, value, name, this)
    })
  }
  declare [Symbol.iterator]: Headers['entries']
  static {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- one method under two names
    NodeHeaders.prototype[Symbol.iterator] = NodeHeaders.prototype.entries
  }

  static full(headers: NodeHeaders): Headers {
    if (headers.#full) return headers.#full
    loadPlatform()
    headers.#full = new Headers(fieldsOf(headers.#incoming))
    return headers.#full
  }

  /** From now on these are the fields of a full request. */
  static adopt(headers: NodeHeaders, full: Headers): void {
    headers.#full = full
  }
}

standFor('Headers', NodeHeaders)

/** The fields of a request in their order, as they came. */
export function fieldsOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const fields: [string, string][] = []
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? ''
    if (name.toLowerCase() !== hopByHop) fields.push([name, rawHeaders[i + 1] ?? ''])
  }
  return fields
}
