import type { StatusVerdict } from '../failures/statuses.ts'
import { amount, grouped } from './words.ts'

export function tellStatuses({ statuses, none, locations }: StatusVerdict): string {
  const parts = [
    ...statuses.map(({ status, count }) => `${status}: ${grouped(count)}`),
    ...(none > 0 ? [`no response: ${grouped(none)}`] : []),
  ]
  const where = locations
    .slice(0, 3)
    .map(({ location, count }) => `${location} (${amount(count, 'time')})`)
  const redirects = where.length > 0 ? ` Redirects point to ${where.join(', ')}.` : ''
  return parts.length > 0 ? `${parts.join(', ')}.${redirects}` : 'No request was sent.'
}
