import type { PaceVerdict } from '../times/pace.ts'
import { rate } from './words.ts'

export function tellPace({ verdict, asked = 0, sent, ended }: PaceVerdict): string {
  switch (verdict) {
    case 'closed':
      return `${rate(ended)} a second, as fast as the target answers.`
    case 'kept':
      return `${rate(asked)} a second asked, ${rate(sent)} achieved.`
    case 'target':
      return `${rate(asked)} a second asked, ${rate(sent)} achieved: the target answers too slowly, and --concurrency allows no more in flight.`
    case 'probe':
      return `${rate(asked)} a second asked, ${rate(sent)} achieved: this machine could not send faster.`
    case 'cannot-tell':
      return 'Too few requests to have a rate.'
  }
}
