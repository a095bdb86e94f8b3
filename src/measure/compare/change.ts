/**
 * What became of one thing between two runs: `worse` and `better` are more than chance, and more than is
 * of no consequence.
 */
export type Change = 'worse' | 'better' | 'same' | 'cannot-tell'

/**
 * Standard deviations beyond which a difference is no chance: on one side, 2 of 10 000. Several things are
 * compared, each of which must also be large enough to matter, and there is to be no false alarm in a
 * thousand pairs of runs (`make verdicts`).
 */
export const beyondChance = 3.5

/** The change that a difference is, where it is large enough to matter. @param z above 0 is worse */
export function changeOf(z: number, matters: boolean): Change {
  if (!matters || Math.abs(z) < beyondChance) return 'same'
  return z > 0 ? 'worse' : 'better'
}
