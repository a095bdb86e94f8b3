import type { ChangesVerdict } from '../replicas/changes.ts'
import { amount, clockTime } from './words.ts'

export function tellChanges({ verdict, reason, came, left, away }: ChangesVerdict): string {
  if (verdict === 'cannot-tell') {
    return reason === 'nobody'
      ? 'No answer names a replica.'
      : 'Cannot tell whether replicas came or left: connections were kept, and each keeps its replica.'
  }
  if (verdict === 'none') return 'The same replicas answered from beginning to end.'
  const parts = [
    ...(left.length > 0 ? [`${whoOf(left)} left (${spanOf(left)})`] : []),
    ...(came.length > 0 ? [`${whoOf(came)} came (${spanOf(came)})`] : []),
    ...away.map(
      ({ replica, from, to }) =>
        `${replica} was away from ${clockTime(from)} to ${clockTime(to)}, and came back`,
    ),
  ]
  return `${parts.join('; ')}.`
}

/** By name, where they are few. */
function whoOf(replicas: { replica: string }[]): string {
  return replicas.length > 2
    ? amount(replicas.length, 'replica')
    : replicas.map(({ replica }) => replica).join(' and ')
}

function spanOf(moments: { at: number }[]): string {
  const times = moments.map(({ at }) => clockTime(at))
  const [first = '', last = first] = [times.at(0), times.at(-1)]
  return first === last ? first : `${first} to ${last}`
}
