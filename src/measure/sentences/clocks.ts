import type { ClockVerdict } from '../replicas/clocks.ts'
import { duration } from './words.ts'

export function tellClocks({ replicas, furthest }: ClockVerdict): string {
  if (replicas.length === 0) return 'No fresh answer says its time.'
  if (furthest?.verdict === 'apart') {
    const { first, second, difference, bound } = furthest
    return `The clock of ${first} is ${duration(difference)} ahead of that of ${second} (± ${duration(bound)}).`
  }
  const off = replicas.filter(({ verdict }) => verdict !== 'cannot-tell')
  const [one] = off.sort((a, b) => Math.abs(b.offset) - Math.abs(a.offset))
  const among = furthest
    ? `The replicas' clocks agree to within ${duration(Math.abs(furthest.difference) + furthest.bound)}`
    : `Only one replica's clock was read`
  if (!one) return `${among}.`
  return `${among}; that of ${one.replica} is ${duration(Math.abs(one.offset))} ${one.verdict} of this machine's (± ${duration(one.bound)}).`
}
