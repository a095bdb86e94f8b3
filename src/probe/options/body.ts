import { readFileSync, statSync } from 'node:fs'
import { UsageError } from '../exit-codes.ts'
import { messageOf } from '../failure.ts'

/** Bytes. It is kept in memory once, and sent as often as is asked. */
const largestBody = 16 * 1024 * 1024

/** The body of every request. @throws UsageError for a file that cannot be read or is too large */
export function bodyOf(options: {
  body?: string | undefined
  bodyFile?: string | undefined
}): Uint8Array | undefined {
  const { body, bodyFile } = options
  if (bodyFile === undefined) return body === undefined ? undefined : Buffer.from(body)
  if (body !== undefined)
    throw new UsageError('A request has one body: give --body or --body-file, not both.')
  return readBody(bodyFile)
}

function readBody(file: string): Uint8Array {
  try {
    // Before it is read: it may be endless.
    const found = statSync(file)
    if (!found.isFile()) throw new Error('it is no regular file')
    if (found.size > largestBody) throw new Error('it has more than 16 MiB')
    return readFileSync(file)
  } catch (cause) {
    throw new UsageError(`--body-file ${file} cannot be sent: ${messageOf(cause)}.`)
  }
}
