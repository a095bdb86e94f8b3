/** Says how many chains a request has come through. */
export const hopsField = 'x-chain-hops'

/** A chain that is longer ends: it is most likely a loop. */
export const mostHops = 5

const digits = /^\d{1,3}$/

/** The hops behind a request; a value that none of ours wrote counts as too many. */
export function hopsOf({ headers }: Request): number {
  const field = headers.get(hopsField)
  if (field === null) return 0
  return digits.test(field) ? Number(field) : mostHops
}
