/**
 * The error boundary: runs `handle` and, when it throws, rejects or gives nothing, answers with
 * `recover` instead. Whatever was thrown, an Error, a string or `null`, arrives as `cause`.
 */
export function withBoundary<T extends object>(
  handle: () => T | Promise<T>,
  recover: (cause: unknown) => T,
): T | Promise<T> {
  const settle = (result: T | null | undefined) =>
    result ?? recover(new TypeError('The handler returned nothing.'))
  try {
    const result: T | Promise<T> | null | undefined = handle()
    return result instanceof Promise ? result.then(settle).catch(recover) : settle(result)
  } catch (cause) {
    return recover(cause)
  }
}
