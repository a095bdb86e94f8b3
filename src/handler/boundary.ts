/**
 * The error boundary: makes a function that runs `handle` and, when that throws, rejects or gives
 * nothing, `recover` instead, and hands what came of it to `finish`. Each also gets what the function
 * was called with. There is no promise where `handle` gives none.
 * @param recover told whatever was thrown: an Error, a string or `null`
 * @param finish must not throw
 */
export function withBoundary<Args extends readonly unknown[], T extends object, R>(
  handle: (...args: Args) => T | Promise<T>,
  recover: (cause: unknown, ...args: Args) => T,
  finish: (result: T, ...args: Args) => R,
): (...args: Args) => R | Promise<R> {
  async function finishLater(promise: Promise<T>, args: Args): Promise<R> {
    let result: T
    try {
      result = given(await promise)
    } catch (cause) {
      result = recover(cause, ...args)
    }
    return finish(result, ...args)
  }

  return (...args) => {
    let result: T | Promise<T>
    try {
      result = given(handle(...args))
      if (isPromise(result)) return finishLater(result, args)
    } catch (cause) {
      result = recover(cause, ...args)
    }
    return finish(result, ...args)
  }
}

/** @throws TypeError if it is no object, whatever its type says */
function given<T>(result: T): T & object {
  if (typeof result === 'object' && result !== null) return result
  const what = result === null || result === undefined ? 'nothing' : `a ${typeof result}`
  throw new TypeError(`The handler returned ${what}.`)
}

/**
 * Whether this is a promise, of whatever kind. `instanceof` would make Node load its `Response`.
 * @throws whatever its `then` throws
 */
function isPromise<T extends object>(value: T | Promise<T>): value is Promise<T> {
  return 'then' in value && typeof value.then === 'function'
}
