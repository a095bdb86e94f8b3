import type { LivesVerdict } from '../replicas/lives.ts'
import { amount } from './words.ts'

export function tellLives({ replicas, restarts, draining }: LivesVerdict): string {
  const drained =
    draining > 0 ? ` ${amount(draining, 'answer')} came from replicas that were draining.` : ''
  if (replicas.every(({ boots }) => boots.length === 0)) {
    return `Answers carry no boot id, so restarts cannot be seen.${drained}`
  }
  if (restarts === 0) return `No replica restarted.${drained}`
  const who = replicas.filter((one) => one.restarts > 0).map(({ replica }) => replica)
  return `${amount(restarts, 'restart')} seen: ${who.join(', ')}.${drained}`
}
