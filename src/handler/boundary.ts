/**
 * The error boundary: runs `handle` and, when it throws, rejects or gives nothing, answers with
 * `recover` instead. Whatever was thrown, an Error, a string or `null`, arrives as `cause`.
 */
export function withBoundary<T extends object>(
  handle: () => T | Promise<T>,
  recover: (cause: unknown) => T,
): T | Promise<T> {
  try {
    const result = given(handle())
    return isPromise(result) ? Promise.resolve(result).then(given).catch(recover) : result
  } catch (cause) {
    return recover(cause)
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
