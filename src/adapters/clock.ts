/**
 * A wall clock in Unix seconds with microsecond resolution, from the two clocks that every runtime
 * has: `wall` is right but counts whole milliseconds, `monotonic` is fine but drifts away from the
 * wall clock over a long uptime and knows nothing of its steps. So the monotonic clock only tells
 * where in the millisecond of the wall clock we are, and is set anew whenever it leaves it.
 * @param wall Unix time in whole milliseconds
 * @param monotonic milliseconds since any moment, with a fraction
 */
export function createClock(
  wall: () => number = Date.now,
  monotonic: () => number = () => performance.now(),
): () => number {
  const lastMicrosecond = 0.999
  // Counted from here, milliseconds are small enough to keep their microseconds as a number.
  const epoch = wall()
  let offset = -monotonic()
  return () => {
    const millisecond = wall()
    const elapsed = monotonic()
    const passed = millisecond - epoch
    const within = Math.min(Math.max(elapsed + offset - passed, 0), lastMicrosecond)
    offset = passed + within - elapsed
    return (millisecond * 1000 + Math.floor(within * 1000)) / 1e6
  }
}
