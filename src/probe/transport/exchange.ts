import type { IncomingHttpHeaders } from 'node:http'
import type { Observation } from '../../measure/observation.ts'

/** A complete response. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  /** What was kept of the body: about the first 64 KiB. */
  body: Buffer[]
}

/** When a request was sent, how, and what came of it. Times in Unix milliseconds. */
export interface Exchange extends Pick<
  Observation,
  'mode' | 'index' | 'due' | 'free' | 'sent' | 'written' | 'done' | 'connection' | 'jar' | 'key'
> {
  /** What was asked for. */
  path: string
  /** What came back (absent: nothing complete did). */
  answer?: Answer | undefined
  /** Why nothing complete came back. */
  error?: Error | undefined
}

/** There was no complete answer in time, counted from when the request was due. */
export class DeadlineError extends Error {
  override name = 'DeadlineError'
  override message = 'no complete answer in time; --timeout sets how long it waits'
}
