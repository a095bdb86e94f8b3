import type { IncomingMessage } from 'node:http'

/**
 * The value of a request's header field; several are joined (RFC 9110 §5.3). `request.headers` has it
 * too, but makes an object of all fields when it is first looked at.
 * @param name in lower case
 */
export function fieldOf(
  { rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>,
  name: string,
): string | undefined {
  let joined: string | undefined
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const candidate = rawHeaders[i]
    if (candidate?.length !== name.length || candidate.toLowerCase() !== name) continue
    const value = rawHeaders[i + 1] ?? ''
    joined = joined === undefined ? value : `${joined}, ${value}`
  }
  return joined
}
