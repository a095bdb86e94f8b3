// Puts most heads straight to where Node keeps one that is ready to be sent. Node's `writeHead` checks each
// name and value, and looks up what each name means, all of which `NodeResponse` has done before: about 5 % of
// the CPU time of `GET /` (docs/performance.md). Can go when Node has a public way to send fields unchecked.
import { STATUS_CODES, type ServerResponse } from 'node:http'

/** Not documented, so it may be gone one day, or mean something else: then `writeHead` writes all heads. */
interface WithHead {
  _header: string | null
}

/**
 * Sets the head of a response with a body, if this version of Node keeps heads where we know.
 * @param fields names and values in turn, all valid, none of which Node would act upon but Content-Length
 * @param keepAlive value of the field of that name: the connection is to stay open
 * @returns whether it is set
 */
export function setReadyHead(
  to: ServerResponse,
  status: number,
  fields: readonly string[],
  keepAlive: string,
): boolean {
  if (!keepsHead(to)) return false
  to.statusCode = status
  to.statusMessage = STATUS_CODES[status] ?? 'unknown'
  let head = `HTTP/1.1 ${status} ${to.statusMessage}\r\n`
  for (let i = 0; i < fields.length; i += 2) head += `${fields[i]}: ${fields[i + 1]}\r\n`
  to._header = `${head}Date: ${now()}\r\nConnection: keep-alive\r\nKeep-Alive: ${keepAlive}\r\n\r\n`
  return true
}

/** Whether there is a place for a head and it is empty. */
function keepsHead(to: ServerResponse): to is ServerResponse & WithHead {
  return '_header' in to && to._header === null
}

let date: string | undefined

/** The value of the Date field, made once a second. */
function now(): string {
  if (date === undefined) {
    const time = new Date()
    date = time.toUTCString()
    setTimeout(() => (date = undefined), 1000 - time.getMilliseconds()).unref()
  }
  return date
}
