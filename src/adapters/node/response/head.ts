import { STATUS_CODES, type ServerResponse } from 'node:http'
import { setReadyHead } from './ready-head.ts'

/** The first part of a response: what stands before its content. */
export interface Head {
  readonly status: number
  /** The reason phrase; the registered one if it is empty. */
  readonly reason: string
  /** Names and values in turn. What says how the content is framed stands among them. */
  readonly fields: string[]
  /** Whether the handler wants the connection to end. */
  readonly closes: boolean
  /** The fields are valid, and none but the length is for Node to look into. */
  readonly isChecked?: true
}

export type WriteHead = (to: ServerResponse, head: Head) => void

/**
 * Makes what writes the heads of responses. Fields about the connection are decided here alone: it ends if
 * the client, the handler or the drain wants it to.
 * @param idleTimeout seconds for which an idle connection is kept, to be told to clients
 */
export function createHeadWriter(idleTimeout: number, isClosing: () => boolean): WriteHead {
  const hint = `timeout=${Math.floor(idleTimeout)}`
  return (to, { status, reason, fields, closes, isChecked }) => {
    if (closes || isClosing()) fields.push('Connection', 'close')
    // Node itself adds `Connection`, and knows when it must be `close`.
    else if (to.shouldKeepAlive && to.req.httpVersionMinor > 0) {
      if (isChecked && setReadyHead(to, status, fields, hint)) return
      fields.push('Keep-Alive', hint)
    }
    to.writeHead(status, reason === '' ? (STATUS_CODES[status] ?? 'unknown') : reason, fields)
  }
}

/** @throws RangeError if it is no length */
export function checkedLength(value: string): string {
  if (/^\d+$/.test(value)) return value
  throw new RangeError(`The Content-Length of the response is ${JSON.stringify(value)}.`)
}
