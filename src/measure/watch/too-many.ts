import { incompleteGamma } from '../statistics/gamma.ts'

/** How much is sent, and so what chance may do in a month. */
export interface Traffic {
  /** Requests within which failures count together. */
  window: number
  requestsPerMonth: number
}

/** So many false alarms a month may come of it, on average. */
const falseAlarmsPerMonth = 0.2
/** Two may be one mishap, such as a connection that is cut. */
const fewest = 3

/**
 * So many failures within a window are too many: where each request fails by itself with this chance,
 * a failure that so many others follow within the window is seen less than once in five months. The
 * number of those that follow is Poisson distributed: P(X ≥ k) is the incomplete gamma function P(k, λ).
 * @param share of the requests that fail usually, more than 0
 */
export function tooMany(share: number, { window, requestsPerMonth }: Traffic): number {
  const failuresPerMonth = share * requestsPerMonth
  let following = fewest - 1
  while (
    failuresPerMonth * incompleteGamma(following, share * window).lower >
    falseAlarmsPerMonth
  ) {
    following += 1
  }
  return following + 1
}
