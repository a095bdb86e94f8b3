import { open, rm, stat, writeFile } from 'node:fs/promises'
import { styleText } from 'node:util'
import { UsageError } from '../exit-codes.ts'
import type { ReportOptions } from '../options/command.ts'
import { renderHtml } from './html.ts'
import { renderJson } from './json.ts'
import { reasons } from './reasons.ts'
import type { Report } from './report.ts'
import { renderTable, type Style } from './table.ts'

type Outputs = Pick<ReportOptions, 'json' | 'html' | 'quiet' | 'verbose'>

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
export async function checkOutputs({ json, html }: Outputs): Promise<void> {
  if (json !== undefined && json === html)
    throw new UsageError(`--json and --html cannot both be written to ${json}.`)
  for (const file of [json, html]) {
    if (file === undefined || file === standardOutput) continue
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
export async function deliver(
  report: Report,
  { json, html, quiet, verbose }: Outputs,
): Promise<void> {
  if (quiet === true) {
    for (const reason of reasons(report)) process.stderr.write(`${reason}\n`)
  } else {
    const stream = [json, html].includes(standardOutput) ? process.stderr : process.stdout
    const columns = stream.isTTY ? stream.columns : defaultColumns
    const style: Style = (format, text) => styleText(format, text, { stream })
    stream.write(renderTable(report, { columns, style, verbose: verbose === true }))
  }
  if (json !== undefined) await write(json, renderJson(report))
  if (html !== undefined) await write(html, renderHtml(report))
}
