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
  for (const name of Object.getOwnPropertyNames(Full.prototype)) {
    if (Object.hasOwn(prototype, name)) continue
    Object.defineProperty(prototype, name, {
      get(this: T): unknown {
        const full = materialize(this)
        const value: unknown = Reflect.get(full, name)
        return typeof value === 'function' ? value.bind(full) : value
      },
    })
  }
}
