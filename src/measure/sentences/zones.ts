import type { ZonesVerdict } from '../replicas/zones.ts'
import { amount, list, percent } from './words.ts'

export function tellZones({ zones, unzoned, own }: ZonesVerdict): string {
  if (zones.length === 0) return 'Answers do not say their zone.'
  const shares = list(zones.map(({ zone, share }) => `${zone} ${percent(share)}`))
  const silent = unzoned > 0 ? ` ${amount(unzoned, 'answer')} did not say.` : ''
  const same = own === undefined ? '' : `; ${percent(own.share)} from the probe's own zone`
  return `${shares}${same}.${silent}`
}
