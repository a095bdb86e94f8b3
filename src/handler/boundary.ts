/**
 * The error boundary: makes a function that runs `handle` and, when that throws, rejects or gives
 * nothing, answers with `recover` instead. Whatever was thrown, an Error, a string or `null`, arrives
 * as `cause`, before what the function was called with.
 */
export function withBoundary<Args extends readonly unknown[], T extends object>(
  handle: (...args: Args) => T | Promise<T>,
  recover: (cause: unknown, ...args: Args) => T,
): (...args: Args) => T | Promise<T> {
  return (...args) => {
    try {
      const result = given(handle(...args))
      return isPromise(result) ? settle(result, args) : result
    } catch (cause) {
      return recover(cause, ...args)
    }
  }

  async function settle(result: Promise<T>, args: Args): Promise<T> {
    try {
      return given(await result)
    } catch (cause) {
      return recover(cause, ...args)
    }
  }
}

/** @throws TypeError if it is nothing, whatever its type says */
function given<T>(result: T | null | undefined): T {
  if (result) return result
  throw new TypeError('The handler returned nothing.')
}

/** Whether this is a promise, of whatever kind. `instanceof` would make Node load its `Response`. */
export function isPromise<T extends object>(value: T | Promise<T>): value is Promise<T> {
  return 'then' in value && typeof value.then === 'function'
}
