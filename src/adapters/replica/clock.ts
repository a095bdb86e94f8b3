/**
 * A wall clock in Unix seconds with microsecond resolution, from the two clocks that every runtime
 * has: `wall` is right but counts whole milliseconds, `monotonic` is fine but drifts away from the
 * wall clock over a long uptime and knows nothing of its steps. So the monotonic clock only tells
 * where in the millisecond of the wall clock we are, and is set anew whenever it leaves it.
 * @param wall Unix time in whole milliseconds
 * @param monotonic milliseconds since `origin`, with a fraction
 * @param origin Unix time in milliseconds, with the fraction that `wall` begins with; where it is
 *   wrong, as after a step of the wall clock, that fraction is found by and by
 */
export function createClock(
  wall: () => number = Date.now,
  monotonic: () => number = () => performance.now(),
  origin = performance.timeOrigin,
): () => number {
  const lastMicrosecond = 0.999
  // Counted from here, milliseconds are small enough to keep their microseconds as a number.
  const epoch = wall()
  let offset = origin - epoch
  return () => {
    for (;;) {
      const millisecond = wall()
      const elapsed = monotonic()
      const passed = millisecond - epoch
      const estimate = elapsed + offset - passed
      // A millisecond that ended between the two readings is no reason to set the clock back.
      if (estimate > lastMicrosecond && wall() !== millisecond) continue
      const within = Math.min(Math.max(estimate, 0), lastMicrosecond)
      offset = passed + within - elapsed
      return (millisecond * 1000 + Math.floor(within * 1000)) / 1e6
    }
  }
}
