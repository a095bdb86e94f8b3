// How the lazy objects of this adapter (NodeRequest, NodeHeaders, NodeResponse) stand beside the
// platform's own classes.

type Name = 'Request' | 'Response' | 'Headers'

/** A class whose objects pass for those of the platform's class; `full` makes one of these. */
interface Lazy<T extends object> {
  readonly prototype: T
  readonly full: (lazy: T) => object
}

/** What is to be done once the platform's classes are loaded, if they are not loaded at once. */
const waiting: (() => void)[] = []
let isLate = false

/**
 * Loads the platform's classes only when a full object is made: with them Node loads a whole HTTP client,
 * which takes it as long as half of the rest of the start (docs/performance.md). Until then no lazy object is
 * an `instanceof` them, so this is for a program whose handler does not ask. To be called before any lazy class
 * is made. Even to look for the globals would load them.
 */
export function loadPlatformLate(): void {
  isLate = true
}

/** Loads what `loadPlatformLate` has put off. To be called before a full object is made. */
export function loadPlatform(): void {
  for (const load of waiting.splice(0)) load()
}

/**
 * Lets the objects of a lazy class pass for the platform's: `instanceof` holds, and members that only
 * a later version of Node has are asked of the full object.
 */
export function standFor<T extends object>(name: Name, lazy: Lazy<T>): void {
  const load = () => {
    const { prototype }: { prototype: object } = globalThis[name]
    for (const key of Reflect.ownKeys(prototype)) {
      // The tag is the same for all.
      if (key === Symbol.toStringTag) continue
      if (!Object.hasOwn(lazy.prototype, key)) askFull(key, lazy)
      const { enumerable = false } = Object.getOwnPropertyDescriptor(prototype, key) ?? {}
      Object.defineProperty(lazy.prototype, key, { enumerable })
    }
    Object.defineProperty(lazy.prototype, 'constructor', { get: () => globalThis[name] })
    Object.setPrototypeOf(lazy.prototype, prototype)
  }
  if (isLate) waiting.push(load)
  else load()
}

function askFull<T extends object>(key: PropertyKey, lazy: Lazy<T>): void {
  Object.defineProperty(lazy.prototype, key, {
    configurable: true,
    get(this: T): unknown {
      const full = lazy.full(this)
      const value: unknown = Reflect.get(full, key)
      return typeof value === 'function' ? value.bind(full) : value
    },
  })
}

/** What `acceptLazyRequests` has put in the place of the globals. */
const accepting = new WeakSet<object>()

/**
 * Makes `new Request(request)` and `fetch(request)` take lazy requests, which the platform's own would
 * refuse: they look for a private field. The two globals are replaced, once, by ones that do the same and
 * put the full request in the place of a lazy one first. To call it again changes nothing, unless
 * something else, such as @hono/node-server, has replaced `Request` meanwhile.
 * @param unwrap gives the full request of a lazy one, and anything else as it is
 */
export function acceptLazyRequests(unwrap: <T>(value: T) => T | Request): void {
  if (waiting.length > 0 || accepting.has(Request)) return
  const platform = Request
  const isInstance = (value: unknown) => value instanceof platform
  const accepts: typeof Request = new Proxy(platform, {
    construct: (target, [input, ...init]: unknown[], newTarget: Class) =>
      construct(target, [unwrap(input), ...init], newTarget),
    // The class of @hono/node-server takes others than its own only if it is asked itself.
    get: (target, key, receiver): unknown =>
      key === Symbol.hasInstance && receiver === accepts
        ? isInstance
        : Reflect.get(target, key, receiver),
  })
  Object.defineProperty(globalThis, 'Request', {
    value: accepts,
    configurable: true,
    writable: true,
  })
  accepting.add(accepts)

  if (accepting.has(fetch)) return
  const platformFetch = fetch
  globalThis.fetch = async (input, init) => platformFetch(unwrap(input), init)
  Object.defineProperty(fetch, 'name', { value: 'fetch' })
  accepting.add(fetch)
}

const construct: (target: Class, args: unknown[], newTarget: Class) => object = Reflect.construct

type Class = new (...args: never[]) => object
