/** Fires at the first SIGINT or SIGTERM; the second one has its usual effect. */
export function firstSignal(): AbortSignal {
  const controller = new AbortController()
  const receive = () => {
    process.off('SIGINT', receive).off('SIGTERM', receive)
    controller.abort()
  }
  process.on('SIGINT', receive).on('SIGTERM', receive)
  return controller.signal
}
