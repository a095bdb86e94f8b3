import { writeFile } from 'node:fs/promises'
import { styleText } from 'node:util'
import { UsageError } from '../exit-codes.ts'
import type { ReportOptions } from '../options/command.ts'
import { renderHtml } from './html.ts'
import { renderJson } from './json.ts'
import type { Report } from './report.ts'
import { renderTable } from './table.ts'

/** What stands for the standard output where a file is named. */
const standardOutput = '-'

async function write(file: string, text: string): Promise<void> {
  if (file === standardOutput) process.stdout.write(text)
  else
    await writeFile(file, text).catch((cause: unknown) => {
      throw new UsageError(`The report cannot be written to ${file}: ${String(cause)}`)
    })
}

/** Writes the report wherever it was asked for; the table gives way where that is the output. */
export async function deliver(
  report: Report,
  { json, html, quiet }: Pick<ReportOptions, 'json' | 'html' | 'quiet'>,
): Promise<void> {
  if (json !== undefined) await write(json, renderJson(report))
  if (html !== undefined) await write(html, renderHtml(report))
  if (quiet === true) return
  const stream = [json, html].includes(standardOutput) ? process.stderr : process.stdout
  stream.write(renderTable(report, (format, text) => styleText(format, text, { stream })))
}
