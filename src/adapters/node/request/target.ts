import type { IncomingMessage } from 'node:http'

/** Targets that are the same in a URL: no dot segment, no percent-encoding, no query. */
const plainTarget = /^[\w/-]*$/

/**
 * Makes URLs out of request targets and Host fields (RFC 9112 §3.3). Brings the target into origin
 * form on the way, `*` as `/*`, since @whatwg-node/server puts it behind the Host as it stands.
 * @returns a function that gives the URL, or undefined if target and Host do not make one
 */
export function createTargetReader(): (request: IncomingMessage) => string | undefined {
  // Most requests are like the one before: to parse a URL costs as much as all the rest here.
  let lastHost: string | undefined
  let lastOrigin = ''
  let lastTarget: string | undefined
  let lastUrl: string | undefined

  const originOf = (host: string) => {
    if (host !== lastHost) {
      const origin = isAuthority(host) ? URL.parse(`http://${host}`)?.origin : undefined
      if (origin === undefined) return undefined
      lastHost = host
      lastOrigin = origin
      lastTarget = undefined
    }
    return lastOrigin
  }

  return (request) => {
    const { url = '' } = request
    let host = hostOf(request)
    if (host === undefined) return undefined
    if (url === '*') {
      request.url = '/*'
    } else if (!url.startsWith('/')) {
      const target = URL.parse(url)
      if (!target) return undefined
      // The target's authority replaces the Host field (RFC 9112 §3.2.2).
      host = target.host
      request.headers.host = host
      request.url = target.pathname + target.search
    }
    const origin = originOf(host)
    if (origin === undefined) return undefined
    const target = request.url ?? '/'
    if (target !== lastTarget) {
      lastTarget = target
      lastUrl = plainTarget.test(target) ? origin + target : URL.parse(origin + target)?.href
    }
    return lastUrl
  }
}

/** The Host field, which HTTP/1.1 needs exactly once (RFC 9112 §3.2); HTTP/1.0 had none. */
function hostOf(request: IncomingMessage): string | undefined {
  const { host } = request.headers
  // Several are joined so.
  if (host?.includes(', ')) return undefined
  if (host !== undefined || request.httpVersionMinor > 0) return host
  request.headers.host = `localhost:${request.socket.localPort ?? ''}`
  return request.headers.host
}

/** Whether a Host field holds a host and maybe a port (RFC 9110 §7.2), and nothing else. */
function isAuthority(host: string): boolean {
  return /^[^/?#@\\\s]+$/.test(host)
}
