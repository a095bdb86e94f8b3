import type { Change } from '../../compare/change.ts'
import { compared, type Compared, type ComparisonDecision } from '../../compare/decision.ts'
import type { LatencyChange } from '../../compare/latency.ts'

/** The one line that says whether it got worse. */
export function tellComparison(
  { verdict, worse, better }: ComparisonDecision,
  changes: Readonly<
    Record<Compared, { change: Change; sentence: string }> & { latency: LatencyChange }
  >,
): string {
  const tell = (names: readonly Compared[]) =>
    names.map((name) => changes[name].sentence).join('; ')
  const improved = better.length > 0 ? ` Better: ${tell(better)}.` : ''
  if (verdict === 'worse') return `Worse: ${tell(worse)}.${improved}`
  if (changes.latency.reason === 'other-replicas')
    return `Cannot tell: ${changes.latency.sentence}.${improved}`
  if (verdict === 'cannot-tell') return 'Cannot tell: there is too little to compare.'
  return improved === '' ? `No worse: ${tell(compared)}.` : `No worse.${improved}`
}
