import { validateHeaderName, validateHeaderValue } from 'node:http'
import { isIP } from 'node:net'
import { InvalidArgumentError } from '@commander-js/extra-typings'
import { messageOf } from '../failure.ts'
import { type IdentifyReplica } from '../identify/identify.ts'
import { parseReplicaBy } from '../identify/replica-by.ts'
import { valueOf } from '../transport/target.ts'

const token = /^[!#$%&'*+.^_`|~\w-]+$/

const scheme = /^[a-z][a-z\d+.-]*:\/\//i
const unixSocket = /^(?:http\+unix:|(?:https?:\/\/)?unix:)/i

/** An http or https URL; without a scheme it is http. @throws InvalidArgumentError */
export function parseUrl(text: string): URL {
  if (unixSocket.test(text))
    throw new InvalidArgumentError('A Unix socket has no balancer in front: give an http URL.')
  const url = URL.parse(scheme.test(text) ? text : `http://${text}`)
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new InvalidArgumentError('It must be an http or https URL.')
  if (url.username || url.password)
    throw new InvalidArgumentError('Credentials go into a header: -H "Authorization: …".')
  if (url.hostname.includes('{'))
    throw new InvalidArgumentError('{n} goes into the path or the query: a run has one host.')
  if (url.port === '0') throw new InvalidArgumentError('Nothing can listen on port 0.')
  return url
}

/** Adds one of several URLs. @throws InvalidArgumentError */
export function addUrl(text: string, urls: URL[] = []): URL[] {
  return [...urls, parseUrl(text)]
}

/** A method, in capitals as they are case-sensitive (RFC 9110 §9.1). @throws InvalidArgumentError */
export function parseMethod(text: string): string {
  const method = text.toUpperCase()
  if (!token.test(method) || method === 'CONNECT')
    throw new InvalidArgumentError('It must be a method such as GET, HEAD or POST.')
  return method
}

/** Fields that are about the connection or the length, and so the probe's own to set, and why. */
const reserved = new Map([
  ['connection', 'the probe sets it: --connections new closes after each request'],
  ['keep-alive', 'the probe decides how long it keeps a connection'],
  ['proxy-connection', 'the probe sets Connection: --connections new closes after each request'],
  ['content-length', 'the probe sets it to the length of --body'],
  ['transfer-encoding', 'the probe sends --body whole, with its Content-Length'],
  ['expect', 'the probe sends --body without asking first'],
  ['upgrade', 'the probe speaks HTTP/1.1 only'],
  ['http2-settings', 'the probe speaks HTTP/1.1 only'],
])

/** Adds `Name: value` to the headers. @throws InvalidArgumentError */
export function addHeader(text: string, headers: string[] = []): string[] {
  const colon = text.indexOf(':')
  const name = text.slice(0, Math.max(colon, 0)).trim()
  const value = text.slice(colon + 1).trim()
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  } catch {
    throw new InvalidArgumentError(
      'It must be "Name: value", in characters that a header may have.',
    )
  }
  const why = reserved.get(name.toLowerCase())
  if (why !== undefined) throw new InvalidArgumentError(`${name} cannot be sent: ${why}.`)
  if (name.toLowerCase() === 'host') {
    if (valueOf(headers, 'host') !== undefined)
      throw new InvalidArgumentError('A request has one Host.')
    parseHost(value)
  }
  return [...headers, name, value]
}

/** A `Host` (RFC 9110 §7.2): a name or address, perhaps with a port. @throws InvalidArgumentError */
export function parseHost(text: string): string {
  if (!/^[^\s/?#@\\]+$/.test(text) || !URL.canParse(`http://${text}`))
    throw new InvalidArgumentError('It must be a name or an address, perhaps with a port.')
  return text
}

/** The addresses of each `host:port`. */
export type Resolve = ReadonlyMap<string, readonly string[]>

/**
 * Adds curl's `host:port:address`, also with several addresses between commas.
 * @throws InvalidArgumentError
 */
export function addResolve(text: string, resolve: Resolve = new Map()): Resolve {
  const [, host = '', port = '', list = ''] = /^([^:]+):(\d+):(.+)$/.exec(text) ?? []
  const addresses = list.split(',').map((address) => address.trim().replace(/^\[(.*)\]$/, '$1'))
  if (addresses.some((address) => isIP(address) === 0))
    throw new InvalidArgumentError('It must be host:port:address, or host:port:address,address.')
  const key = `${host.toLowerCase()}:${port}`
  return new Map([...resolve, [key, [...(resolve.get(key) ?? []), ...addresses]]])
}

/** How answers are told apart, as it was written and as it is done. */
export interface ReplicaBy {
  text: string
  identify: IdentifyReplica
}

/** The grammar of {@link parseReplicaBy}. @throws InvalidArgumentError */
export function parseReplicaByOption(text: string): ReplicaBy {
  try {
    return { text, identify: parseReplicaBy(text) }
  } catch (cause) {
    throw new InvalidArgumentError(`${messageOf(cause)}.`)
  }
}
