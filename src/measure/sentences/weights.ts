import type { WeightsVerdict } from '../balance/weights.ts'
import type { Interval } from '../balance/intervals.ts'
import { list, percent } from './words.ts'

export function tellWeights({ verdict, unit, versions, reason, missing }: WeightsVerdict): string {
  if (reason === 'nobody') return 'Cannot tell: answers do not say their version.'
  if (reason === 'version-missing') {
    return `Cannot tell: ${missing} answered in a part of the run only, so fixed weights were not to be expected.`
  }
  const [only] = versions
  if (verdict === 'one-version' && only) return `Only version ${only.version} answered.`
  const shares = versions.map(({ version, ...share }) => tellShare({ name: version, ...share }))
  return `${list(shares)} of ${unit}.`
}

const tenth = (share: number) => (share * 100).toFixed(1)

/** A share, and between what it is: "v1 90.3 % (88.3–92.0)". */
export function tellShare({ name, share, low, high }: Interval): string {
  return `${name} ${percent(share)} (${tenth(low)}–${tenth(high)})`
}
