import type { Comparison } from '../../measure/compare/compare.ts'
import type { RunDescription } from '../report/report.ts'
import type { ComparedRuns } from './compare.ts'

const format = 'served-by-comparison/1'

/** A comparison as `--json` writes it. Times are Unix milliseconds, lengths of time milliseconds. */
export interface ComparisonJson extends Comparison {
  /** Changes when an older reader would misunderstand what is written. */
  format: typeof format
  /** How the two sides were asked. */
  runs: { before: RunDescription[]; after: RunDescription[] }
}

/** The comparison as JSON. */
export function renderJson({ before, after, comparison }: ComparedRuns): string {
  const json: ComparisonJson = { format, runs: { before, after }, ...comparison }
  return `${JSON.stringify(json)}\n`
}
