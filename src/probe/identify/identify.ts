import type { ServedBy } from '../../measure/served-by.ts'
import type { Answer } from '../transport/exchange.ts'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** Who answered, and what else the answer says about that replica. */
export interface Identity extends Partial<ServedBy> {
  replica: string
  /** Reads the replica's clock off the body, where it may say: Unix time in seconds. */
  readClock?: () => number | undefined
}

/** Tells who answered; `undefined` where the answer does not say. */
export type IdentifyReplica = (answer: Answer) => Identity | undefined

/** White space may come first (RFC 8259 §2). */
const jsonBeginning = /^[ \t\n\r]*[[{"\d-]/

/** The body as text, as far as it was kept. */
export function textOf({ body }: Answer): string {
  const [only] = body
  return (body.length === 1 && only ? only : Buffer.concat(body)).toString()
}

/** The body as JSON; `undefined` where it is none. */
export function jsonOf(answer: Answer): Json | undefined {
  const text = textOf(answer)
  // Cheaper than an exception for each page of HTML.
  if (!jsonBeginning.test(text)) return undefined
  try {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- what it parses is JSON
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
