/** Unix milliseconds on a clock that never steps: the wall clock once, then monotonic time. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}
