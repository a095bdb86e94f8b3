import type { ReportOptions } from '../options/command.ts'
import { renderHtml } from './html.ts'
import { renderJson } from './json.ts'
import { renderJunit } from './junit.ts'
import { renderMarkdown } from './markdown.ts'
import { renderOpenMetrics } from './openmetrics.ts'
import { checkFiles, outputForPeople, writeFiles } from './output.ts'
import { reasons } from './reasons.ts'
import type { Report } from './report.ts'
import { renderTable } from './table.ts'

/** What a report can be written as, each by the option of that name. A new one is one line here, and below. */
const renderers = {
  json: renderJson,
  html: renderHtml,
  markdown: renderMarkdown,
  junit: renderJunit,
  openmetrics: renderOpenMetrics,
} satisfies Partial<Record<keyof ReportOptions, (report: Report) => string>>
type Format = keyof typeof renderers
const formats: Format[] = ['json', 'html', 'markdown', 'junit', 'openmetrics']

type Delivery = Pick<ReportOptions, Format | 'quiet' | 'verbose'>

/** Finds out before a run whether its report can be written. @throws UsageError where it cannot */
export async function checkOutputs(delivery: Delivery): Promise<void> {
  await checkFiles(formats, delivery)
}

/** Writes the report wherever it was asked for; the table gives way where that is the output. */
export async function deliver(report: Report, delivery: Delivery): Promise<void> {
  const { quiet, verbose = false } = delivery
  if (quiet === true) {
    for (const reason of reasons(report)) process.stderr.write(`${reason}\n`)
  } else {
    const { stream, columns, style } = outputForPeople(delivery)
    stream.write(renderTable(report, { columns, style, verbose }))
  }
  await writeFiles(formats, delivery, (format) => renderers[format](report))
}
