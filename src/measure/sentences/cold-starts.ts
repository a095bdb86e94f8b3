import type { ColdStartsVerdict } from '../times/cold-starts.ts'
import { amount, duration, grouped, roughly } from './words.ts'

export function tellColdStarts({ verdict, first, further, more }: ColdStartsVerdict): string {
  if (first.count + further.count === 0) return 'Answers carry no number, so no first one is known.'
  if (first.count === 0) return 'No answer was the first of its process.'
  const firsts = `${grouped(first.count)} of ${amount(first.count + further.count, 'answer')}`
  switch (verdict) {
    case 'cold':
      return `${firsts} were the first of their process: p50 ${duration(first.p50)}, max ${duration(first.max)}; warm ones p50 ${duration(further.p50)}, max ${duration(further.max)}.`
    case 'none':
      return `${firsts} were the first of their process, and took hardly longer than others do.`
    case 'cannot-tell':
      return `${firsts} were the first of their process, and took longer; about ${roughly(more ?? 0)} more would tell whether that is chance.`
  }
}
