import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** What is told of a request's body. */
export interface MeasuredBody {
  readonly bytes: number
  /** In hexadecimal digits. */
  readonly sha256: string
  /** Unix seconds at which its first and its last bytes had come; absent if it had none. */
  readonly firstByteAt?: number
  readonly lastByteAt?: number
  /** False if the client left before its end. */
  readonly whole: boolean
}

export const tooLarge = Symbol('a body above the limit')

/**
 * Reads a request's body to its end and keeps nothing of it, so that many at once take no memory:
 * Web Crypto could only digest it as a whole.
 * @param limit bytes that are read at most, on runtimes too that have no limit of their own
 * @returns `null` if the request has none
 */
export async function measureBody(
  { body }: Request,
  limit: number,
  now: () => number,
): Promise<MeasuredBody | null | typeof tooLarge> {
  if (!body) return null
  const reader = body.getReader()
  const digest = sha256.create()
  let bytes = 0
  let firstByteAt: number | undefined
  let lastByteAt: number | undefined
  let whole = true
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      lastByteAt = now()
      firstByteAt ??= lastByteAt
      bytes += chunk.value.byteLength
      if (bytes > limit) {
        // What is left need not be waited for; a stream that failed meanwhile has nothing to cancel.
        void reader.cancel().catch(() => undefined)
        return tooLarge
      }
      digest.update(chunk.value)
    }
  } catch {
    whole = false
  }
  const times =
    firstByteAt === undefined || lastByteAt === undefined ? {} : { firstByteAt, lastByteAt }
  return { bytes, sha256: bytesToHex(digest.digest()), ...times, whole }
}
