const readings = 50

/**
 * Unix milliseconds minus monotonic milliseconds. The two clocks cannot be read at once, and the
 * process may be put off between one and the other: the reading with the least between them counts.
 */
function readOffset(): number {
  // Node 24 has no Temporal; at the start of a process, which is now, this is nearly as right.
  if (typeof Temporal === 'undefined') return performance.timeOrigin
  let offset = 0
  let least = Infinity
  for (let reading = 0; reading < readings; reading += 1) {
    const before = performance.now()
    const wall = Number(Temporal.Now.instant().epochNanoseconds) / 1e6
    const after = performance.now()
    if (after - before >= least) continue
    least = after - before
    offset = wall - (before + after) / 2
  }
  return offset
}

/** Read once: a wall clock that is set while we run is no news about the target. */
const offset = readOffset()

/** Unix time in milliseconds, fractions included, on a clock that never steps while we run. */
export function now(): number {
  return offset + performance.now()
}
