/**
 * The longest time in which requests failed and none succeeded, as one client saw it. It starts
 * with the sending of the first that failed (not before the last success) and ends with the next
 * success, or with the last failure of the run.
 */
export interface Outages {
  longest: Outage | undefined
  current: Outage | undefined
  lastSuccess: number
}

export interface Outage {
  /** Unix ms. */
  from: number
  to: number
  /** Requests that failed meanwhile. */
  failures: number
}

export function createOutages(): Outages {
  return { longest: undefined, current: undefined, lastSuccess: -Infinity }
}

/** Adds the next request in the order in which they end. */
export function addToOutages(outages: Outages, sent: number, done: number, failed: boolean): void {
  const { current } = outages
  if (!failed) {
    if (current) current.to = done
    outages.longest = longerOf(outages.longest, current)
    outages.current = undefined
    outages.lastSuccess = done
  } else if (current) {
    current.to = done
    current.failures += 1
  } else {
    outages.current = { from: Math.max(sent, outages.lastSuccess), to: done, failures: 1 }
  }
}

/** The longest so far, one that has not ended included. */
export function longestOutage(outages: Outages): Outage | undefined {
  return longerOf(outages.longest, outages.current)
}

/** The longest that either client saw. */
export function mergeOutages(a: Outages, b: Outages): Outages {
  return { ...createOutages(), longest: longerOf(longestOutage(a), longestOutage(b)) }
}

function longerOf(a: Outage | undefined, b: Outage | undefined): Outage | undefined {
  if (!a || !b) return a ?? b
  return b.to - b.from > a.to - a.from ? b : a
}
