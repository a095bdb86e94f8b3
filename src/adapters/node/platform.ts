// How the lazy objects of this adapter (NodeRequest, NodeHeaders, NodeResponse) stand beside the
// platform's own classes. Node loads a whole HTTP client along with each of those, which takes longer
// than the rest of the start; so nothing here touches one before somebody else does.

type Name = 'Request' | 'Response' | 'Headers'

/** A class whose objects pass for those of the platform's class; `full` makes one of these. */
interface Lazy<T extends object> {
  readonly prototype: T
  readonly full: (lazy: T) => object
}

/**
 * Lets the objects of a lazy class pass for the platform's: `instanceof` holds, and members that only
 * a later version of Node has are asked of the full object.
 */
export function standFor<T extends object>(name: Name, lazy: Lazy<T>): void {
  whenLoaded(name, (platform) => {
    const prototype: object = platform.prototype
    for (const key of Reflect.ownKeys(prototype)) {
      // The tag is the same for all.
      if (key === Symbol.toStringTag) continue
      if (!Object.hasOwn(lazy.prototype, key)) askFull(key, lazy)
      const { enumerable = false } = Object.getOwnPropertyDescriptor(prototype, key) ?? {}
      Object.defineProperty(lazy.prototype, key, { enumerable })
    }
    Object.defineProperty(lazy.prototype, 'constructor', { get: () => globalThis[name] })
    Object.setPrototypeOf(lazy.prototype, prototype)
    return platform
  })
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

/** The classes and getters that `acceptLazyRequests` has put in the place of the global `Request`. */
const accepting = new WeakSet()

/**
 * Makes `new Request(request)` and `fetch(request)` take lazy requests, which the platform's own would
 * refuse: they look for a private field. The two globals are replaced, once, by ones that do the same and
 * put the full request in the place of a lazy one first. To call it again changes nothing, unless
 * something else, such as @hono/node-server, has replaced `Request` meanwhile.
 * @param unwrap gives the full request of a lazy one, and anything else as it is
 */
export function acceptLazyRequests(unwrap: <T>(value: T) => T | Request): void {
  if (accepting.has(standingFor('Request'))) return
  whenLoaded('Request', (platform) => {
    const isInstance = (value: unknown) => value instanceof platform
    const accepts: Class = new Proxy(platform, {
      construct: (target, [input, ...init]: unknown[], newTarget: Class) =>
        construct(target, [unwrap(input), ...init], newTarget),
      // The class of @hono/node-server takes others than its own only if it is asked itself.
      get: (target, key, receiver): unknown =>
        key === Symbol.hasInstance && receiver === accepts
          ? isInstance
          : Reflect.get(target, key, receiver),
    })
    accepting.add(accepts)
    return accepts
  })
  accepting.add(standingFor('Request'))

  if (accepting.has(fetch)) return
  const platformFetch = fetch
  globalThis.fetch = async (input, init) => platformFetch(unwrap(input), init)
  Object.defineProperty(fetch, 'name', { value: 'fetch' })
  accepting.add(fetch)
}

const construct: (target: Class, args: unknown[], newTarget: Class) => object = Reflect.construct

interface Class {
  new (...args: never[]): object
  readonly prototype: object
}

interface Descriptor {
  readonly get?: () => unknown
  readonly value?: unknown
}

function describe(name: Name): Descriptor {
  return Object.getOwnPropertyDescriptor(globalThis, name) ?? {}
}

/** What the global is, or the getter that would load it. */
function standingFor(name: Name): object {
  const { get, value } = describe(name)
  return get ?? new Object(value)
}

/** Puts what `use` makes of a global class in its place; does so once somebody asks for the class. */
function whenLoaded(name: Name, use: (platform: Class) => Class): void {
  const define = (value: unknown) => {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
  const load = (platform: unknown) => {
    if (!isClass(platform)) throw new TypeError(`The global ${name} is no class.`)
    const used = use(platform)
    define(used)
    return used
  }
  const { get, value } = describe(name)
  if (!get) {
    load(value)
    return
  }
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get: () => load(get.call(globalThis)),
    set: define,
  })
}

function isClass(value: unknown): value is Class {
  return typeof value === 'function'
}
