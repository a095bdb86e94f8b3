import { validateHeaderName, validateHeaderValue } from 'node:http'
import { isIP } from 'node:net'
import { InvalidArgumentError } from '@commander-js/extra-typings'
import { type Identify } from '../identify/identify.ts'
import { parseReplicaBy } from '../identify/replica-by.ts'

const token = /^[!#$%&'*+.^_`|~\w-]+$/

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

/** An http or https URL; without a scheme it is http. @throws InvalidArgumentError */
export function parseUrl(text: string): URL {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`)
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new InvalidArgumentError('It must be an http or https URL.')
  if (url.username || url.password)
    throw new InvalidArgumentError('Credentials go into a header: -H "Authorization: …".')
  return url
}

/** A method, in capitals as they are case-sensitive (RFC 9110 §9.1). @throws InvalidArgumentError */
export function parseMethod(text: string): string {
  const method = text.toUpperCase()
  if (!token.test(method) || method === 'CONNECT')
    throw new InvalidArgumentError('It must be a method such as GET, HEAD or POST.')
  return method
}

/** Adds `Name: value` to the headers. @throws InvalidArgumentError */
export function addHeader(text: string, headers: string[] = []): string[] {
  const colon = text.indexOf(':')
  const name = text.slice(0, Math.max(colon, 0)).trim()
  const value = text.slice(colon + 1).trim()
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  } catch {
    throw new InvalidArgumentError('It must be "Name: value".')
  }
  return [...headers, name, value]
}

/** Adds curl's `host:port:address`, as `host:port` to address. @throws InvalidArgumentError */
export function addResolve(
  text: string,
  resolve: ReadonlyMap<string, string> = new Map<string, string>(),
): ReadonlyMap<string, string> {
  const [, host = '', port = '', bracketed = ''] = /^([^:]+):(\d+):(.+)$/.exec(text) ?? []
  const address = bracketed.replace(/^\[(.*)\]$/, '$1')
  if (isIP(address) === 0) throw new InvalidArgumentError('It must be host:port:address.')
  return new Map([...resolve, [`${host.toLowerCase()}:${port}`, address]])
}

/** How answers are told apart, as it was written and as it is done. */
export interface ReplicaBy {
  text: string
  identify: Identify
}

/** The grammar of {@link parseReplicaBy}. @throws InvalidArgumentError */
export function parseReplicaByOption(text: string): ReplicaBy {
  try {
    return { text, identify: parseReplicaBy(text) }
  } catch (cause) {
    throw new InvalidArgumentError(`${messageOf(cause)}.`)
  }
}
