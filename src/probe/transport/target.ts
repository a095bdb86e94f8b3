/** Stands for the request's number, from 1, in a URL or a header. */
export const numberMark = '{n}'

/** What is asked, and how it is reached. */
export interface Target {
  /** Where it is; what is asked for there is in `paths`. */
  url: URL
  /** Paths with their queries, at least one, each asked for as often; they may have `{n}` in them. */
  paths: readonly string[]
  method: string
  /** Name, value, name, value …; a value may have `{n}` in it. */
  headers: string[]
  body?: Uint8Array | undefined
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

/** Path and query, with `{n}` as it was written. */
export function pathOf({ pathname, search }: URL): string {
  return pathname.replaceAll(/%7bn%7d/gi, numberMark) + search
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

/** Names of the fields that have the number of the request in them. */
export function numberedFields({ headers }: Target): string[] {
  return headers.filter((_, index) => index % 2 === 0 && headers[index + 1]?.includes(numberMark))
}

/** A list of names and values without one field. @param name in lower case */
export function without(headers: readonly string[], name: string): string[] {
  return headers.filter((_, index) => headers[index - (index % 2)]?.toLowerCase() !== name)
}
