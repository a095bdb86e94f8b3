import type { CacheVerdict } from '../replicas/reuse.ts'
import { amount, grouped } from './words.ts'

export function tellCache({ verdict, cached, numbered }: CacheVerdict): string {
  switch (verdict) {
    case 'cached':
      return `${grouped(cached)} of ${amount(numbered, 'answer')} came out of a cache: the same answer of a replica again. Nobody was chosen for these, and they are left out of the shares.`
    case 'none':
      return 'No answer came out of a cache.'
    case 'cannot-tell':
      return 'Answers carry no number, so those out of a cache cannot be told.'
  }
}
