import { hidden, isCredential } from './credential.ts'

/** Targets within targets: so often a text is decoded to find what it holds. */
const mostLevels = 3

/**
 * The text with the length of each credential in its place, where it holds any as `name=value`: a Referer
 * or an X-Original-URI. What is percent-encoded is decoded if a credential is in it, else it stays as it
 * was written. No pattern searches for a pair as a whole: on a long name it would take for ever.
 */
export function redactWithin(text: string, levels = mostLevels): string {
  return text
    .split(/([\s&]+)/)
    .map((part) => redactPart(part, levels))
    .join('')
}

/** @param part goes to the next `&` or white space, and so does the value in it */
function redactPart(part: string, levels: number): string {
  const pieces = part.split('=')
  const last = pieces.length - 1
  const place = pieces.findIndex((piece, index) => index < last && isCredential(nameIn(piece)))
  if (place < 0) return redactEncoded(part, levels)
  const before = pieces.slice(0, place + 1).join('=')
  const value = pieces.slice(place + 1).join('=')
  return `${redactEncoded(before, levels)}=${hidden(value)}`
}

/** The name at the end of what stands before a `=`. */
function nameIn(piece: string): string {
  const start = Math.max(...['?', ';', ','].map((separator) => piece.lastIndexOf(separator)))
  return decode(piece.slice(start + 1))
}

function redactEncoded(text: string, levels: number): string {
  const decoded = decode(text)
  if (levels === 0 || decoded === text) return text
  const redacted = redactWithin(decoded, levels - 1)
  return redacted === decoded ? text : redacted
}

/** Decodes what is ASCII, as names of credentials and what separates them are. */
function decode(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_match, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  )
}
