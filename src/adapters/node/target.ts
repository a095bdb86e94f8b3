import type { IncomingMessage } from 'node:http'

/** Targets that are the same in a URL: no dot segment, no percent-encoding, no query. */
const plainTarget = /^[\w/-]*$/

/**
 * Makes URLs out of request targets and Host fields (RFC 9112 §3.3). Brings the target into origin
 * form on the way, `*` as `/*`, since @whatwg-node/server puts it behind the Host as it stands.
 * @returns a function that gives the URL, or undefined if target and Host do not make one
 */
export function createTargetReader(): (request: IncomingMessage) => string | undefined {
  // Nearly all requests name the same host, and to parse a URL costs as much as all the rest here.
  let lastHost = ''
  let lastOrigin = ''
  const originOf = (host: string) => {
    if (host !== lastHost) {
      const origin = isAuthority(host) ? URL.parse(`http://${host}`)?.origin : undefined
      if (origin === undefined) return undefined
      lastHost = host
      lastOrigin = origin
    }
    return lastOrigin
  }

  return (request) => {
    const { headers, socket, url = '' } = request
    if (!hasOneHost(request)) return undefined
    if (url === '*') {
      request.url = '/*'
    } else if (!url.startsWith('/')) {
      const target = URL.parse(url)
      if (!target) return undefined
      // The target's authority replaces the Host field (RFC 9112 §3.2.2).
      headers.host = target.host
      request.url = target.pathname + target.search
    }
    headers.host ??= `localhost:${socket.localPort ?? ''}`
    const origin = originOf(headers.host)
    if (origin === undefined) return undefined
    const target = request.url ?? '/'
    return plainTarget.test(target) ? origin + target : URL.parse(origin + target)?.href
  }
}

/** RFC 9112 §3.2: HTTP/1.1 needs exactly one Host field; HTTP/1.0 had none. */
function hasOneHost({ httpVersionMinor, rawHeaders }: IncomingMessage): boolean {
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1
  }
  return hosts === 1 || (hosts === 0 && httpVersionMinor === 0)
}

/** Whether a Host field holds a host and maybe a port (RFC 9110 §7.2), and nothing else. */
function isAuthority(host: string): boolean {
  return /^[^/?#@\\\s]+$/.test(host)
}
