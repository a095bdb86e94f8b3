import { isAscii } from 'structured-headers'
import type { Answer } from './answer.ts'
import type { Identity } from './identity.ts'

/** All fields of a response, those that every response carries included. */
export function headersOf(
  { body, type, length, fields: further }: Answer,
  identity: Partial<Identity>,
): Record<string, string> {
  // One by one: to spread the second object would take as long as all the rest here.
  const fields: Record<string, string> = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  const { 'served-by': servedBy, 'x-request-id': requestId } = identity
  if (servedBy !== undefined) fields['served-by'] = servedBy
  if (requestId !== undefined) fields['x-request-id'] = requestId
  if (type !== undefined) fields['content-type'] = type
  if (typeof body === 'string') fields['content-length'] = `${byteLength(body)}`
  if (length !== undefined) fields['content-length'] = `${length}`
  return further ? { ...fields, ...further } : fields
}

const encoder = new TextEncoder()

function byteLength(text: string): number {
  // To encode a text only to count its bytes costs as much as to route its request.
  return isAscii(text) ? text.length : encoder.encode(text).byteLength
}
