import type { PaceVerdict } from '../times/pace.ts'
import { rate } from './words.ts'

export function tellPace({ verdict, asked = 0, sent, ended }: PaceVerdict): string {
  switch (verdict) {
    case 'closed':
      return `${rate(ended)} requests a second: the target sets the pace.`
    case 'kept':
      return `${rate(asked)} requests a second were asked for and sent, ${rate(ended)} ended.`
    case 'target':
      return `${rate(asked)} requests a second were asked for, ${rate(sent)} sent: the target did not answer fast enough, and no more may be in flight.`
    case 'probe':
      return `${rate(asked)} requests a second were asked for, ${rate(sent)} sent: this machine could not send faster.`
    case 'cannot-tell':
      return 'Too few requests to have a rate.'
  }
}
