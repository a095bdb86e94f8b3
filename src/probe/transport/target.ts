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
  /** Milliseconds from when a request is due until its answer must be complete. */
  timeout: number
}

/** The port that the URL means, spelled out. */
export function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80')
}
