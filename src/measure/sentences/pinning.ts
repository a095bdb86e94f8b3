import type { PinningVerdict } from '../affinity/pinning.ts'
import { amount, grouped, percent } from './words.ts'

export function tellPinning({
  verdict,
  further,
  sameReplica,
  replicas,
  fresh,
}: PinningVerdict): string {
  if (verdict === 'pinned') {
    return `Connections are pinned: ${grouped(sameReplica)} of ${amount(further, 'further request')} on a connection reached the same replica as before, while fresh connections reached ${amount(Math.max(fresh.length, replicas), 'replica')}. Connections are balanced here, not requests, as by a Kubernetes ClusterIP Service: a client that keeps its connection keeps its replica.`
  }
  if (verdict === 'not-pinned') {
    return `Connections are not pinned: ${percent(1 - sameReplica / further)} of ${amount(further, 'further request')} on a connection reached another replica than the one before. Requests are balanced here, not connections.`
  }
  if (further === 0) return 'No connection carried a second request, so pinning cannot be seen.'
  if (replicas < 2) {
    return 'Only one replica answered, so a pinned connection looks like any other.'
  }
  return `Only ${amount(further, 'further request')} on a connection: too few to tell whether connections are pinned.`
}
