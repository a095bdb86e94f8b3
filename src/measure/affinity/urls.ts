import { incompleteGamma } from '../statistics/gamma.ts'
import type { Tally } from '../tally.ts'
import { judge as judgeClients } from './clients.ts'

/** By chance it would be this rare. */
const alpha = 1e-6
/** Where a replica comes or goes its URLs move, or with a plain hash nearly all do, once. */
const minSame = 0.9
/** Weights in strict turns differ from chance, too, but by less than a factor of two. */
const mostMoves = 0.25

/**
 * Whether a URL keeps its replica. Which one is asked is drawn, so that without a hash it would change
 * its replica as often as that changes from any request to the next (Poisson).
 */
export function urlBinds({ keys, clients }: Pick<Tally, 'keys' | 'clients'>): boolean {
  const { further, sameReplica } = keys
  const { changes, answers } = judgeClients(clients)
  if (further === 0 || answers === 0 || sameReplica < minSame * further) return false
  const moves = further - sameReplica
  const expected = (further * changes) / answers
  if (moves > mostMoves * expected) return false
  return incompleteGamma(moves + 1, expected).upper < alpha
}
