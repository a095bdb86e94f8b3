import type { IncomingMessage } from 'node:http'

/** Targets that are the same in a URL: no dot segment, no percent-encoding, no query. */
const plainTarget = /^[\w/-]*$/

/**
 * Makes URLs out of request targets and Host fields (RFC 9112 §3.3). Brings the target into origin
 * form on the way, `*` as `/*`.
 * @returns a function that gives the URL, or undefined if target and Host do not make one
 */
export function createTargetReader(): (request: IncomingMessage) => string | undefined {
  // Most requests are like the one before: to parse a URL costs as much as all the rest here.
  let lastHost: string | undefined
  let lastOrigin = ''
  let lastTarget: string | undefined
  let lastUrl: string | undefined

  return (request) => {
    const host = hostOf(request)
    if (host === undefined) return undefined
    const { url: target = '' } = request
    if (!target.startsWith('/')) return urlOfOtherForm(request, host)
    if (host !== lastHost) {
      const origin = originOf(host)
      if (origin === undefined) return undefined
      lastHost = host
      lastOrigin = origin
      lastTarget = undefined
    }
    if (target !== lastTarget) {
      lastTarget = target
      lastUrl = plainTarget.test(target)
        ? lastOrigin + target
        : URL.parse(lastOrigin + target)?.href
    }
    return lastUrl
  }
}

/** The asterisk form, which is for OPTIONS only, and the absolute form (RFC 9112 §3.2.2, §3.2.4). */
function urlOfOtherForm(request: IncomingMessage, host: string): string | undefined {
  const { url: target = '', method } = request
  if (target === '*' && method === 'OPTIONS') {
    request.url = '/*'
    const origin = originOf(host)
    return origin === undefined ? undefined : `${origin}/*`
  }
  const [, authority] = /^https?:\/\/([^/?#]+)/i.exec(target) ?? []
  // User information in a target is refused (RFC 9110 §4.2.4); so is what is no host.
  if (authority === undefined || !isAuthority(authority) || originOf(host) === undefined)
    return undefined
  const url = URL.parse(target)
  if (!url) return undefined
  request.url = url.pathname + url.search
  setHost(request, url.host)
  return url.href
}

/** The target's authority replaces the Host field (RFC 9112 §3.2.2). */
function setHost({ headers, rawHeaders }: IncomingMessage, host: string): void {
  headers.host = host
  const place = rawHeaders.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === 'host')
  if (place < 0) rawHeaders.push('Host', host)
  else rawHeaders[place + 1] = host
}

/** The Host field, which HTTP/1.1 needs exactly once (RFC 9112 §3.2); HTTP/1.0 had none. */
function hostOf(request: IncomingMessage): string | undefined {
  const { host } = request.headers
  // Several are joined so.
  if (host?.includes(', ')) return undefined
  if (host !== undefined || request.httpVersionMinor > 0) return host
  const own = `localhost:${request.socket.localPort ?? ''}`
  setHost(request, own)
  return own
}

function originOf(host: string): string | undefined {
  return isAuthority(host) ? URL.parse(`http://${host}`)?.origin : undefined
}

/** Whether a Host field holds a host and maybe a port (RFC 9110 §7.2), and nothing else. */
function isAuthority(host: string): boolean {
  return /^[^/?#@\\\s]+$/.test(host)
}
