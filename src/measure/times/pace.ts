import * as v from 'valibot'
import type { Observation } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { count } from '../statistics/schemas.ts'

/** How many requests a second were asked for, sent and answered, and what held the rest up. */
export interface Pace {
  requests: number
  /** Some request was sent at another time than when it was due: an open loop. */
  open: boolean
  /** Unix ms (absent: nothing was counted). */
  span?: Span | undefined
  /** Milliseconds, added up over all requests. */
  waitedForTarget: number
  waitedForProbe: number
}

interface Span {
  /** Positions in the order of sending: what is between them was due, too, though it had not ended yet. */
  firstIndex: number
  lastIndex: number
  firstDue: number
  lastDue: number
  firstSent: number
  lastSent: number
  lastDone: number
}

export interface PaceVerdict {
  /**
   * `kept`: what was asked for was sent. `target`: it was not, because so many were in flight that no
   * more were allowed. `probe`: it was not, because the probe itself was late. `closed`: the target
   * set the pace.
   */
  verdict: 'kept' | 'target' | 'probe' | 'closed' | 'cannot-tell'
  /** Requests per second: by when they were due, by when they were sent, by when they had ended. */
  asked?: number | undefined
  sent: number
  ended: number
}

/** A rate this near to the one asked for is kept. */
const tolerated = 0.01
/** Fewer requests have no rate. */
const leastRequests = 10

export function create(): Pace {
  return { requests: 0, open: false, span: undefined, waitedForTarget: 0, waitedForProbe: 0 }
}

export function add(pace: Pace, { index, due, free = due, sent, done }: Observation): void {
  pace.requests += 1
  if (sent !== due) pace.open = true
  const allowed = Math.max(due, Math.min(free, sent))
  pace.waitedForTarget += allowed - due
  pace.waitedForProbe += sent - allowed
  const { span } = pace
  if (!span) {
    pace.span = {
      firstIndex: index,
      lastIndex: index,
      firstDue: due,
      lastDue: due,
      firstSent: sent,
      lastSent: sent,
      lastDone: done,
    }
    return
  }
  span.firstIndex = Math.min(span.firstIndex, index)
  span.lastIndex = Math.max(span.lastIndex, index)
  span.firstDue = Math.min(span.firstDue, due)
  span.lastDue = Math.max(span.lastDue, due)
  span.firstSent = Math.min(span.firstSent, sent)
  span.lastSent = Math.max(span.lastSent, sent)
  span.lastDone = Math.max(span.lastDone, done)
}

export function merge(a: Pace, b: Pace): Pace {
  return {
    requests: a.requests + b.requests,
    open: a.open || b.open,
    span: mergeSpans(a.span, b.span),
    waitedForTarget: a.waitedForTarget + b.waitedForTarget,
    waitedForProbe: a.waitedForProbe + b.waitedForProbe,
  }
}

function mergeSpans(a: Span | undefined, b: Span | undefined): Span | undefined {
  if (!a || !b) return a ?? b
  return {
    // As if one had sent the requests of both.
    firstIndex: 0,
    lastIndex: a.lastIndex - a.firstIndex + b.lastIndex - b.firstIndex + 1,
    firstDue: Math.min(a.firstDue, b.firstDue),
    lastDue: Math.max(a.lastDue, b.lastDue),
    firstSent: Math.min(a.firstSent, b.firstSent),
    lastSent: Math.max(a.lastSent, b.lastSent),
    lastDone: Math.max(a.lastDone, b.lastDone),
  }
}

export const schema: Schema<Pace> = {
  write: (pace) => pace,
  read: v.object({
    requests: count,
    open: v.boolean(),
    span: v.optional(
      v.object({
        firstIndex: count,
        lastIndex: count,
        firstDue: v.number(),
        lastDue: v.number(),
        firstSent: v.number(),
        lastSent: v.number(),
        lastDone: v.number(),
      }),
    ),
    waitedForTarget: v.number(),
    waitedForProbe: v.number(),
  }),
}

export function judge({ requests, open, span, ...waited }: Pace): PaceVerdict {
  if (!span) return { verdict: 'cannot-tell', sent: 0, ended: 0 }
  const rate = (from: number, to: number, events: number) =>
    to > from ? (1000 * events) / (to - from) : 0
  const between = span.lastIndex - span.firstIndex
  const asked = rate(span.firstDue, span.lastDue, between)
  const sent = rate(span.firstSent, span.lastSent, between)
  const ended = rate(span.firstSent, span.lastDone, requests)
  if (!open) return { verdict: 'closed', sent, ended }
  if (requests < leastRequests) return { verdict: 'cannot-tell', asked, sent, ended }
  const late = waited.waitedForProbe > waited.waitedForTarget ? 'probe' : 'target'
  const verdict = sent >= asked * (1 - tolerated) ? 'kept' : late
  return { verdict, asked, sent, ended }
}
