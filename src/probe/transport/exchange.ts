import type { IncomingHttpHeaders } from 'node:http'
import type { ConnectionMode } from '../../measure/observation.ts'

/** A complete response. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  /** What was kept of the body: about the first 64 KiB. */
  body: Buffer[]
}

/** One request and what came of it. Times in Unix milliseconds. */
export interface Exchange {
  mode: ConnectionMode
  /** Position in the order of sending within its mode, from 0. */
  index: number
  /** When it should have been sent. */
  due: number
  /** When it was handed to a line. */
  sent: number
  /** When its bytes were written, behind any connecting (absent: they never were). */
  written?: number | undefined
  /** When the answer was complete, or the failure known. */
  done: number
  /** The ordinal of the client's connection (absent: there was none). */
  connection?: number | undefined
  /** What came back (absent: nothing complete did). */
  answer?: Answer | undefined
  /** Why nothing complete came back. */
  error?: Error | undefined
}

/** There was no complete answer in time, counted from when the request was due. */
export class DeadlineError extends Error {
  override name = 'DeadlineError'
  override message = 'no complete answer in time'
}
