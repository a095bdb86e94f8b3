import type { AffinityVerdict } from '../affinity/affinity.ts'
import { amount, grouped, roughly } from './words.ts'

export function tellAffinity(affinity: AffinityVerdict): string {
  const { verdict, jars, further, sameReplica, more } = affinity
  switch (verdict) {
    case 'cookie':
      return `A cookie binds: ${grouped(sameReplica)} of ${amount(further, 'further request')} by ${amount(jars, 'client')} with cookies reached the same replica as before, over whichever connection.${moves(affinity)}`
    case 'url':
      return 'A URL keeps its replica: the balancer goes by a hash of it.'
    case 'connection':
      return 'A connection keeps its replica.'
    case 'address':
      return "The client's address binds: each machine always reaches one and the same replica."
    case 'none':
      return jars > 0 ? 'Neither cookie nor connection binds.' : 'A connection does not bind.'
    case 'cannot-tell':
      return `It cannot be told what binds a client to a replica${more === undefined ? '' : `; about ${roughly(more)} more requests may tell`}.`
  }
}

function moves({ moved, movedAgain }: AffinityVerdict): string {
  if (moved === 0) return ''
  const after = movedAgain === 0 ? 'kept the new one' : `${grouped(movedAgain)} of them moved again`
  return ` ${amount(moved, 'client')} went over to another replica, and ${after}.`
}
