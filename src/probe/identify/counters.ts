import type { Identity } from './identify.ts'

/** What changes from answer to answer in `Served-By`, and is of interest. */
export type Counters = Pick<Identity, 'n' | 'draining'>

/** In the order in which served-by writes them. */
const counters = [';n=', ';conn=', ';req=']
const [ordinal] = counters
const draining = ';draining'
const zero = 0x30

/**
 * Reads `;n=1042;conn=17;req=3`, and `;draining` behind it, from there to the end of the field. Digit
 * by digit, because it is done for each answer and a regular expression takes three times as long.
 * @returns false where anything else stands there
 */
export function readCounters(field: string, from: number, into: Counters): boolean {
  let at = from
  for (const counter of counters) {
    if (!field.startsWith(counter, at)) continue
    at += counter.length
    const first = at
    let value = 0
    for (; at < field.length; at += 1) {
      const digit = field.charCodeAt(at) - zero
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    if (at === first) return false
    if (counter === ordinal) into.n = value
  }
  if (field.startsWith(draining, at)) {
    at += draining.length
    into.draining = true
  }
  return at === field.length
}
