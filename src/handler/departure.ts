import type { Replica } from './replica.ts'

/** When a replica leaves, for what must end before it does. */
export interface Departure {
  /** When it has drained long enough for balancers to forget it; absent while it does not drain. */
  readonly due: number | undefined
  /** Those who are called when the drain begins. */
  readonly listeners: Set<() => void>
}

/** A replica that does not drain, or not yet. */
export const noDeparture: Departure = { due: undefined, listeners: new Set() }

/**
 * Watches for the drain of a replica, with one listener for all: a signal keeps its listeners in a
 * list that it searches each time.
 * @param drainDelay seconds from the beginning of the drain to the departure, whose `due` is in
 * milliseconds of `performance.now()`
 */
export function watchDeparture({ draining }: Replica, drainDelay: number): Departure {
  const listeners = new Set<() => void>()
  let due: number | undefined
  draining?.addEventListener('abort', () => {
    due = performance.now() + drainDelay * 1000
    for (const listener of listeners) listener()
  })
  return {
    listeners,
    get due() {
      return due
    },
  }
}
