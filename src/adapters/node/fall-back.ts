/**
 * Lets the objects of a class fall back to full ones for whatever the class has not got itself:
 * `materialize` makes one, which costs only those who look. `instanceof` holds too.
 * @param full gives the class of the full objects; asked only when somebody looks, because Node loads
 * a whole HTTP client along with its `Request` and `Response`
 */
export function fallBack<T extends object>(
  prototype: T,
  full: () => { readonly prototype: object },
  materialize: (lazy: T) => object,
): void {
  const rest: ProxyHandler<object> = {
    getPrototypeOf: () => full().prototype,
    has: (_target, key) => key in full().prototype,
    get(_target, key, lazy: T): unknown {
      // To ask what it is called must not make one.
      if (key === Symbol.toStringTag) return Reflect.get(full().prototype, key)
      if (!(key in full().prototype)) return undefined
      const object = materialize(lazy)
      const value: unknown = Reflect.get(object, key)
      return typeof value === 'function' ? value.bind(object) : value
    },
  }
  Object.setPrototypeOf(prototype, new Proxy({}, rest))
  // Whatever is awaited is asked for this, to see whether it is a promise.
  Object.defineProperty(prototype, 'then', { value: undefined })
}
