import type { ServeOptions } from './contract.ts'

/** Counts the requests that come while a server drains, so that it can tell how late they came. */
export interface LateRequests {
  /** Call when the drain begins; requests before that do not count. */
  begin(): void
  /** Call for each request. */
  note(target: string): void
  /** How many there were, and in seconds how late the last one came. */
  count(): { readonly requests: number; readonly lastRequestAfter: number }
}

/** Makes a count of late requests. Health checks are none: they come to the end of every drain. */
export function createLateRequests({
  isHealthCheck = () => false,
}: Pick<ServeOptions, 'isHealthCheck'>): LateRequests {
  let start: number | undefined
  let requests = 0
  let lastRequestAfter = 0
  return {
    begin() {
      start = performance.now()
    },
    note(target) {
      if (start === undefined || isHealthCheck(target)) return
      requests += 1
      lastRequestAfter = (performance.now() - start) / 1000
    },
    count: () => ({ requests, lastRequestAfter }),
  }
}
