/** The fields of a response, sorted by who decides them. */
export interface ResponseFields {
  /** Names, in lower case, and values. */
  readonly fields: [string, string][]
  /** The Content-Length that the handler gave. */
  readonly declaredLength: string | undefined
  /** Whether the handler wants the connection to end. */
  readonly closes: boolean
}

/** In lower case: fields about one connection, which a response from elsewhere may bring (RFC 9110 §7.6.1). */
export const fieldsAboutConnection: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
])

/** @param name in lower case */
export function isAboutConnection(name: string): boolean {
  return fieldsAboutConnection.has(name)
}

/** Whether a response ends with its head, and nothing may say how it is framed (RFC 9110 §8.6). */
export function hasNoContent(status: number): boolean {
  return status === 204 || status === 304
}

/** The content codings that the `fetch` of every runtime decodes. */
const decoded = /^\s*(x-)?(gzip|deflate|br|zstd)\s*(,\s*(x-)?(gzip|deflate|br|zstd)\s*)*$/i

/**
 * Takes out of a response's fields what does not hold for the connection that it is sent on. A response
 * that `fetch` gave has been decoded, so that its coding and its length are not those of its body.
 */
export function sortFields(response: Response): ResponseFields {
  const wasFetched = Boolean(response.url)
  const isDecoded = wasFetched && decoded.test(response.headers.get('content-encoding') ?? '')
  const fields: [string, string][] = []
  let declaredLength: string | undefined
  let closes = false
  for (const [key, value] of response.headers) {
    const name = key.toLowerCase()
    if (name === 'content-length') declaredLength = isDecoded ? undefined : value
    else if (name === 'connection') closes = /(^|,)\s*close\s*(,|$)/i.test(value)
    else if (isAboutConnection(name) || (isDecoded && name === 'content-encoding')) continue
    else fields.push([name, value])
  }
  // An upstream that ends its connection says nothing of ours.
  return { fields, declaredLength, closes: closes && !wasFetched }
}
