/** What build/page.ts writes. */
declare module '*/dist/page.js' {
  /** The whole document, compressed, in Base64. */
  export const gzip: string
  /** Its `Content-Security-Policy`. */
  export const policy: string
}
