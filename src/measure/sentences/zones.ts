import type { ZonesVerdict } from '../replicas/zones.ts'
import { percent } from './words.ts'

export function tellZones({ zones }: ZonesVerdict): string {
  if (zones.length === 0) return 'Answers do not say their zone.'
  return `${zones.map(({ zone, share }) => `${zone} ${percent(share)}`).join(', ')}.`
}
