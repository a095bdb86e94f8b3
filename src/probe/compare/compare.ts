import { compareTallies, type Comparison } from '../../measure/compare/compare.ts'
import { UsageError } from '../exit-codes.ts'
import type { CompareOptions } from '../options/command.ts'
import { readReport } from '../report/json.ts'
import { checkFiles, outputForPeople, writeFiles } from '../report/output.ts'
import type { RunDescription } from '../report/report.ts'
import { renderJson } from './json.ts'
import { renderJunit } from './junit.ts'
import { renderMarkdown } from './markdown.ts'
import { renderTable } from './table.ts'

/** Two sets of runs, and what changed from the first to the second. */
export interface ComparedRuns {
  before: RunDescription[]
  after: RunDescription[]
  comparison: Comparison
}

/** What a comparison can be written as, each by the option of that name. */
const renderers = { json: renderJson, markdown: renderMarkdown, junit: renderJunit }
const formats: (keyof typeof renderers)[] = ['json', 'markdown', 'junit']

/** @throws UsageError where a run is in both */
function checkDifferent(before: readonly RunDescription[], after: readonly RunDescription[]): void {
  for (const { vantage, started } of before) {
    if (after.some((other) => other.vantage === vantage && other.started === started))
      throw new UsageError(
        `The same run is in both reports (${vantage} at ${new Date(started).toISOString()}): give two different ones.`,
      )
  }
}

/** Compares two reports and delivers what changed. @throws UsageError for a file that is no report */
export async function compare(
  before: string,
  after: string,
  options: CompareOptions,
): Promise<Comparison> {
  await checkFiles(formats, options)
  const [old, now] = await Promise.all([readReport(before), readReport(after)])
  checkDifferent(old.runs, now.runs)
  const comparison = compareTallies(old.tally, now.tally)
  const compared = { before: old.runs, after: now.runs, comparison }
  const { stream, columns, style } = outputForPeople(options)
  if (options.quiet !== true) stream.write(renderTable(compared, { columns, style }))
  else if (comparison.decision.verdict === 'worse')
    process.stderr.write(`${comparison.decision.sentence}\n`)
  await writeFiles(formats, options, (format) => renderers[format](compared))
  return comparison
}
