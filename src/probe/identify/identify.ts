import type { Observation } from '../../measure/observation.ts'
import type { Answer } from '../transport/exchange.ts'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** Who answered, and what else the answer says about that replica. */
export interface Identity extends Pick<
  Observation,
  'boot' | 'n' | 'draining' | 'version' | 'zone' | 'timestamp'
> {
  replica: string
}

/** Tells who answered; `undefined` where the answer does not say. */
export type IdentifyReplica = (answer: Answer) => Identity | undefined

const longestName = 100
const controlCharacters = /\p{Cc}/gu

/** Text from the network as it may go to a terminal: without control characters, and not endless. */
export function printable(text: string): string {
  return text.slice(0, longestName).replace(controlCharacters, '\u{fffd}')
}

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
