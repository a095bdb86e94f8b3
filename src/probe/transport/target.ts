/** What is asked, and how it is reached. */
export interface Target {
  url: URL
  method: string
  /** Name, value, name, value … */
  headers: string[]
  /** Addresses that stand in for what the resolver says of the URL's name. */
  addresses?: readonly string[] | undefined
  /** Takes any TLS certificate. */
  insecure: boolean
  /** Certificates of authorities to trust instead of the usual ones, as PEM. */
  authorities?: string | undefined
  /** So many clients, each with a cookie jar of its own, send (absent: cookies are not kept). */
  cookies?: number | undefined
  /** Milliseconds from when a request is due until its answer must be complete. */
  timeout: number
}

/** The port that the URL means, spelled out. */
export function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80')
}

/** The value of a field in a list of names and values. @param name in lower case */
export function valueOf(headers: readonly string[], name: string): string | undefined {
  const at = headers.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name)
  return at < 0 ? undefined : headers[at + 1]
}

/** A list of names and values without one field. @param name in lower case */
export function without(headers: readonly string[], name: string): string[] {
  return headers.filter((_, index) => headers[index - (index % 2)]?.toLowerCase() !== name)
}
