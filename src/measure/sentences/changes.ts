import type { ChangesVerdict } from '../replicas/changes.ts'
import { amount, clockTime } from './words.ts'

export function tellChanges({ verdict, came, left, away }: ChangesVerdict): string {
  if (verdict === 'cannot-tell') return 'No answer names a replica.'
  if (verdict === 'none') return 'The same replicas answered from beginning to end.'
  const parts = [
    ...(left.length > 0 ? [`${amount(left.length, 'replica')} left (${spanOf(left)})`] : []),
    ...(came.length > 0 ? [`${amount(came.length, 'replica')} came (${spanOf(came)})`] : []),
    ...away.map(
      ({ replica, from, to }) =>
        `${replica} was away from ${clockTime(from)} to ${clockTime(to)}, and came back`,
    ),
  ]
  return `${parts.join('; ')}.`
}

function spanOf(moments: { at: number }[]): string {
  const times = moments.map(({ at }) => clockTime(at))
  const [first = '', last = first] = [times.at(0), times.at(-1)]
  return first === last ? first : `${first} to ${last}`
}
