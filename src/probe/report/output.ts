import { open, rm, stat, writeFile } from 'node:fs/promises'
import { styleText } from 'node:util'
import { UsageError } from '../exit-codes.ts'
import { messageOf } from '../failure.ts'
import type { Style } from './columns.ts'

/** Where something is written, by the option that names the file (absent: nowhere). */
export type Outputs<Format extends string> = Partial<Record<Format, string | undefined>>

/** What stands for the standard output where a file is named. */
const standardOutput = '-'

function cannotWrite(file: string, cause: unknown): UsageError {
  return new UsageError(`The report cannot be written to ${file}: ${messageOf(cause)}.`)
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

/** Finds out before the work whether its result can be written. @throws UsageError where it cannot */
export async function checkFiles<Format extends string>(
  formats: readonly Format[],
  outputs: Outputs<Format>,
): Promise<void> {
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

/** Writes each format that a file is named for. @throws UsageError where one cannot be written */
export async function writeFiles<Format extends string>(
  formats: readonly Format[],
  outputs: Outputs<Format>,
  render: (format: Format) => string,
): Promise<void> {
  for (const format of formats) {
    const file = outputs[format]
    if (file === undefined) continue
    const text = render(format)
    if (file === standardOutput) process.stdout.write(text)
    else
      await writeFile(file, text).catch((cause: unknown) => {
        throw cannotWrite(file, cause)
      })
  }
}

/** Where the output is no terminal. */
const defaultColumns = 80

/** Where people read. */
export interface OutputForPeople {
  stream: NodeJS.WriteStream
  columns: number
  style: Style
}

/** It gives way where a format is written to the standard output. */
export function outputForPeople(outputs: object): OutputForPeople {
  const isTaken = Object.values(outputs).includes(standardOutput)
  const stream = isTaken ? process.stderr : process.stdout
  return {
    stream,
    columns: stream.isTTY ? stream.columns : defaultColumns,
    style: (format, text) => styleText(format, text, { stream }),
  }
}
