import type { LivesVerdict } from '../replicas/lives.ts'
import { amount, list } from './words.ts'

export function tellLives({ replicas, restarts, draining }: LivesVerdict): string {
  const drained =
    draining > 0 ? ` ${amount(draining, 'answer')} came from replicas that were draining.` : ''
  if (replicas.every(({ boots }) => boots.length === 0)) {
    return `Cannot tell: answers carry no boot id.${drained}`
  }
  if (restarts === 0) return `No replica restarted.${drained}`
  const who = replicas.filter((one) => one.restarts > 0).map(({ replica }) => replica)
  return `${amount(restarts, 'restart')}: ${list(who)}.${drained}`
}
