import type { PinningVerdict } from '../affinity/pinning.ts'
import { amount, grouped } from './words.ts'

/** By chance alone, so many further requests on a connection would be this rare (pinning.ts). */
const alpha = 1e-6

export function tellPinning(pinning: PinningVerdict): string {
  const { verdict, further, sameReplica, replicas, expected } = pinning
  if (verdict === 'pinned') {
    return `A connection keeps its replica (${grouped(sameReplica)} of ${amount(further, 'further request')}). The balancer deals out connections, not requests, as a Kubernetes Service does: a client that keeps its connection keeps its replica.`
  }
  if (verdict === 'not-pinned') return 'No: a connection reaches one replica after the other.'
  if (further === 0) return 'Cannot tell: no connection carried a second request.'
  if (replicas < 2) return 'Cannot tell: only one replica answered.'
  const enough = Math.ceil(Math.log(alpha) / Math.log(expected))
  return enough > further
    ? `Cannot tell: ${amount(further, 'further request')} on a connection are too few; it would take ${amount(enough - further, 'more request')}.`
    : 'Cannot tell: connections neither keep their replica nor change it as others do. --connections both tells more.'
}
