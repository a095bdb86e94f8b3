/**
 * Gives a prototype every property of `Full` that it lacks: each is read from the full object that
 * `materialize` makes, which costs only those who look.
 */
export function delegate<T extends object>(
  prototype: T,
  Full: { readonly prototype: object },
  materialize: (lazy: T) => object,
): void {
  // `instanceof` holds, and what Full inherits is there too.
  Object.setPrototypeOf(prototype, Full.prototype)
  for (const key of Reflect.ownKeys(Full.prototype)) {
    // To ask what it is called must not make one.
    if (Object.hasOwn(prototype, key) || key === Symbol.toStringTag) continue
    Object.defineProperty(prototype, key, {
      get(this: T): unknown {
        const full = materialize(this)
        const value: unknown = Reflect.get(full, key)
        return typeof value === 'function' ? value.bind(full) : value
      },
    })
  }
}
