import type { PinningVerdict } from '../affinity/pinning.ts'
import { amount, grouped, roughly } from './words.ts'

export function tellPinning(pinning: PinningVerdict): string {
  const { verdict, further, sameReplica, replicas, more } = pinning
  if (verdict === 'pinned') {
    return `${grouped(sameReplica)} of ${amount(further, 'further request')} on a connection reached its replica again: the balancer deals out connections, not requests, as a Kubernetes Service does.`
  }
  if (verdict === 'not-pinned') return 'No: a connection reaches one replica after the other.'
  if (further === 0) return 'Cannot tell: no connection carried a second request.'
  if (replicas < 2) return 'Cannot tell: only one replica answered.'
  return more === undefined
    ? 'Cannot tell: connections may be in step with the balancer. --connections both, or another --concurrency, tells more.'
    : `Cannot tell: ${amount(further, 'further request')} on a connection are too few; it would take about ${roughly(more)} more.`
}
