import type { SlowVerdict } from '../times/slow.ts'
import { duration, roughly } from './words.ts'

export function tellSlow({ verdict, replicas, more }: SlowVerdict): string {
  switch (verdict) {
    case 'slow':
      return `${replicas.map(({ replica, median, others }) => `${replica} takes ${duration(median)} where the others take ${duration(others)}`).join('; ')} (medians).`
    case 'none':
      return 'No replica is much slower than the others.'
    case 'cannot-tell':
      return more === undefined
        ? 'Too few answers to compare how fast replicas are.'
        : `Too few answers to compare how fast replicas are; it would take about ${roughly(more)} more.`
  }
}
