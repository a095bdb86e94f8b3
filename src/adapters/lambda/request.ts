import type { Connection } from '../../handler/connection.ts'
import { filled, type EventV1, type LambdaEvent, type MultiFields } from './event.ts'

/**
 * Makes the fetch `Request` of an event, and what it says of the connection.
 * @throws TypeError if they make no valid request
 */
export function toRequest(event: LambdaEvent): { request: Request; connection: Connection } {
  const headers = new Headers(fieldsOf(event))
  const method = event.version === '2.0' ? event.requestContext.http.method : event.httpMethod
  const url = `${schemeOf(headers)}://${hostOf(headers, event)}${pathOf(event)}${queryOf(event)}`
  const encoding = event.isBase64Encoded ? 'base64' : 'utf8'
  // A `Request` takes no content with these two.
  const body =
    method === 'GET' || method === 'HEAD' ? null : Buffer.from(event.body ?? '', encoding)
  return {
    request: new Request(url, { method, headers, body }),
    connection: { remoteAddress: addressOf(event, headers) },
  }
}

function fieldsOf(event: LambdaEvent): [string, string][] {
  if (event.version === '2.0') {
    const fields = Object.entries(event.headers ?? {})
    if (!event.cookies?.length) return fields
    const others = fields.filter(([name]) => name.toLowerCase() !== 'cookie')
    return [...others, ['cookie', event.cookies.join('; ')]]
  }
  const several = filled(event.multiValueHeaders)
  return several ? pairs(several) : Object.entries(event.headers ?? {})
}

function schemeOf(headers: Headers): string {
  const scheme = headers.get('x-forwarded-proto')?.toLowerCase() ?? 'https'
  if (scheme === 'http' || scheme === 'https') return scheme
  throw new TypeError(`X-Forwarded-Proto is ${scheme}.`)
}

function hostOf(headers: Headers, { requestContext }: LambdaEvent): string {
  const host = headers.get('host') ?? requestContext.domainName ?? 'lambda'
  // A host and maybe a port (RFC 9110 §7.2): nothing that would end the authority of the URL.
  if (/^[^/?#@\\\s]+$/.test(host)) return host
  throw new TypeError(`Host is ${host}.`)
}

/** What may not stand in the path of a URL as it is, or would be lost or changed there. */
const toEncode = /[^!$&'()*+,\-./0-9:;=@A-Z[\]_a-z~%]+/g

/** A percent sign that begins no escape. */
const barePercent = /%(?![0-9a-fA-F]{2})/g

/**
 * HTTP APIs decode the path; function URLs, REST APIs and ALB pass it on as it came
 * (middleapi/standard-server#93, hotsock/voker#8). A decoded `%41` cannot be told from one that came
 * so, and stays.
 */
function pathOf(event: LambdaEvent): string {
  const path = event.version === '2.0' ? event.rawPath : event.path
  const encoded = path.toWellFormed().replace(toEncode, encodeURIComponent)
  return isDecoded(event) ? encoded.replace(barePercent, '%25') : encoded
}

function isDecoded({ version, requestContext: { domainName } }: LambdaEvent): boolean {
  // A function URL says in its domain that it is one.
  return version !== undefined && !/\.lambda-url\.[^.]+\.on\.aws$/.test(domainName ?? '')
}

function queryOf(event: LambdaEvent): string {
  const query = event.version === '2.0' ? (event.rawQueryString ?? '') : parametersOf(event)
  return query === '' ? '' : `?${query.replaceAll('#', '%23')}`
}

function parametersOf(event: EventV1): string {
  const several = filled(event.multiValueQueryStringParameters)
  const query = several ? pairs(several) : Object.entries(event.queryStringParameters ?? {})
  // ALB leaves the parameters as they came, API Gateway decodes them.
  return event.requestContext.elb
    ? query.map((pair) => pair.join('=')).join('&')
    : new URLSearchParams(query).toString()
}

function addressOf(event: LambdaEvent, headers: Headers): string | undefined {
  if (event.version === '2.0') return event.requestContext.http.sourceIp
  // ALB itself adds the last one.
  const last = headers.get('x-forwarded-for')?.split(', ').at(-1)
  return event.requestContext.identity?.sourceIp ?? last
}

function pairs(fields: MultiFields): [string, string][] {
  return Object.entries(fields).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  )
}
