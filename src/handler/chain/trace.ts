import { bytesToHex } from '@noble/hashes/utils.js'

/**
 * Version, trace id, parent id and flags of W3C Trace Context (§3.2). What later versions add is kept; the
 * first one has 55 characters.
 */
const traceparentPattern =
  /^(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/

/** The trace id in a `traceparent` field; `undefined` if the field is not valid. */
export function traceIdOf(traceparent: string): string | undefined {
  return traceparentPattern.exec(traceparent)?.[1]
}

/**
 * The fields that tie the requests of a chain together. They are passed on as they came, because no
 * span is recorded here that could be another's parent; where there is no trace, one begins.
 */
export function traceFields({ headers }: Request): Record<string, string> {
  const traceparent = headers.get('traceparent') ?? ''
  const isTraced = traceIdOf(traceparent) !== undefined
  const fields: Record<string, string> = { traceparent: isTraced ? traceparent : beginTrace() }
  // Without a valid traceparent it means nothing (§3.3).
  const tracestate = isTraced ? headers.get('tracestate') : null
  if (tracestate) fields['tracestate'] = tracestate
  const requestId = headers.get('x-request-id')
  if (requestId) fields['x-request-id'] = requestId
  return fields
}

function beginTrace(): string {
  // Not sampled: nobody records it yet.
  return `00-${randomHex(16)}-${randomHex(8)}-00`
}

function randomHex(bytes: number): string {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(bytes)))
}
