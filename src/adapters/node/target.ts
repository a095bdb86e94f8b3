import type { IncomingMessage } from 'node:http'

/**
 * Brings a request target (RFC 9112 §3.2) into origin form, since @whatwg-node/server makes the URL
 * by putting it behind the Host. `*` becomes `/*`.
 * @returns false if target and Host together do not make a URL
 */
export function normalizeTarget(request: IncomingMessage): boolean {
  const { url = '', headers } = request
  const hosts = request.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host')
  // RFC 9112 §3.2: HTTP/1.1 needs exactly one; before that there was none.
  if (hosts.length > 1 || (hosts.length === 0 && request.httpVersion === '1.1')) return false
  if (url === '*') {
    request.url = '/*'
  } else if (!url.startsWith('/')) {
    const target = URL.parse(url)
    if (!target) return false
    // The target's authority replaces the Host field (RFC 9112 §3.2.2).
    headers.host = target.host
    request.url = target.pathname + target.search
  }
  return headers.host === undefined || isAuthority(headers.host)
}

/** Whether a Host field holds a host and maybe a port (RFC 9110 §7.2), and nothing else. */
function isAuthority(host: string): boolean {
  const url = URL.parse(`http://${host}`)
  return url !== null && /^[^/?#@\\]*$/.test(host)
}
