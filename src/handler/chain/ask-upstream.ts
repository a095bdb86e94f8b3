import { limitedText } from '../limited-text.ts'
import { redactTarget } from '../whoami/redaction.ts'

/** Bytes of an upstream's body that are read. */
const longest = 65_536

/** What an upstream said, or why it did not. */
export interface UpstreamResult {
  readonly url: string
  /** Absent without a response. */
  readonly status?: number
  /** Its `Served-By`, if it has one. */
  readonly servedBy?: string
  /** Where a redirect points, which is not followed: only configured URLs are asked. */
  readonly location?: string
  /** Seconds until all of it was there, or until the error. */
  readonly duration: number
  /** JSON as what it says, anything else as text. */
  readonly body?: unknown
  readonly error?: string
}

/**
 * Asks one upstream. It never rejects, so that one of them spoils no other.
 * @param seconds that it may take
 * @param gone aborted when the client leaves
 */
export async function askUpstream(
  fetch: typeof globalThis.fetch,
  url: string,
  headers: Record<string, string>,
  seconds: number,
  gone: AbortSignal,
): Promise<UpstreamResult> {
  const start = performance.now()
  const timeout = AbortSignal.timeout(seconds * 1000)
  const explain = (cause: unknown) =>
    timeout.aborted ? `no answer within ${seconds} s` : messageOf(cause)
  let result: Partial<UpstreamResult> = {}
  try {
    const signal = AbortSignal.any([timeout, gone])
    const response = await fetch(url, { headers, signal, redirect: 'manual' })
    result = headOf(response)
    const text = await limitedText(response.body, longest)
    const rest =
      text === undefined ? { error: `a body of more than ${longest} bytes` } : { body: parse(text) }
    result = { ...result, ...rest }
  } catch (cause) {
    result = { ...result, error: explain(cause) }
  }
  const microseconds = Math.round((performance.now() - start) * 1000)
  return { url: redactTarget(url), ...result, duration: microseconds / 1e6 }
}

function headOf({ status, headers }: Response): Partial<UpstreamResult> {
  const servedBy = headers.get('served-by')
  const location = headers.get('location')
  return {
    status,
    ...(servedBy === null ? {} : { servedBy }),
    ...(location === null ? {} : { location: redactTarget(location) }),
  }
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return text
  }
}

/** `fetch` says only that it failed; why stands in its cause. */
function messageOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  if (cause.cause instanceof Error && cause.cause.message !== '') return cause.cause.message
  return cause.message
}
