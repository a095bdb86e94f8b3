import { open, rm, stat, writeFile } from 'node:fs/promises'
import { styleText } from 'node:util'
import { UsageError } from '../exit-codes.ts'
import type { ReportOptions } from '../options/command.ts'
import { renderHtml } from './html.ts'
import { renderJson } from './json.ts'
import { renderJunit } from './junit.ts'
import { renderMarkdown } from './markdown.ts'
import { renderOpenMetrics } from './openmetrics.ts'
import { reasons } from './reasons.ts'
import type { Report } from './report.ts'
import { renderTable, type Style } from './table.ts'

type Outputs = Pick<ReportOptions, Format | 'quiet' | 'verbose'>

/** What a report can be written as, each by the option of that name. A new one is one line here. */
const renderers = {
  json: renderJson,
  html: renderHtml,
  markdown: renderMarkdown,
  junit: renderJunit,
  openmetrics: renderOpenMetrics,
} satisfies Partial<Record<keyof ReportOptions, (report: Report) => string>>
type Format = keyof typeof renderers
const formats: Format[] = ['json', 'html', 'markdown', 'junit', 'openmetrics']

/** What stands for the standard output where a file is named. */
const standardOutput = '-'
/** Where the output is no terminal. */
const defaultColumns = 80

function cannotWrite(file: string, cause: unknown): UsageError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new UsageError(`The report cannot be written to ${file}: ${why}.`)
}

/** Tries to open a file for writing, and leaves everything as it was. */
async function tryToWrite(file: string): Promise<void> {
  const known = await stat(file).catch(() => undefined)
  // Whoever reads a pipe or a terminal would notice.
  if (known && !known.isFile() && !known.isDirectory()) return
  const handle = await open(file, 'a')
  await handle.close()
  if (!known) await rm(file)
}

/** Finds out before a run whether its report can be written. @throws UsageError where it cannot */
export async function checkOutputs(outputs: Outputs): Promise<void> {
  const seen = new Map<string, Format>()
  for (const format of formats) {
    const file = outputs[format]
    if (file === undefined) continue
    const other = seen.get(file)
    if (other !== undefined)
      throw new UsageError(`--${other} and --${format} cannot both be written to ${file}.`)
    seen.set(file, format)
    if (file === standardOutput) continue
    await tryToWrite(file).catch((cause: unknown) => {
      throw cannotWrite(file, cause)
    })
  }
}

async function write(file: string, text: string): Promise<void> {
  if (file === standardOutput) process.stdout.write(text)
  else
    await writeFile(file, text).catch((cause: unknown) => {
      throw cannotWrite(file, cause)
    })
}

/** Writes the report wherever it was asked for; the table gives way where that is the output. */
export async function deliver(report: Report, outputs: Outputs): Promise<void> {
  const { quiet, verbose } = outputs
  if (quiet === true) {
    for (const reason of reasons(report)) process.stderr.write(`${reason}\n`)
  } else {
    const gives = formats.some((format) => outputs[format] === standardOutput)
    const stream = gives ? process.stderr : process.stdout
    const columns = stream.isTTY ? stream.columns : defaultColumns
    const style: Style = (format, text) => styleText(format, text, { stream })
    stream.write(renderTable(report, { columns, style, verbose: verbose === true }))
  }
  for (const format of formats) {
    const file = outputs[format]
    if (file !== undefined) await write(file, renderers[format](report))
  }
}
