import type { Connection } from '../../handler/connection.ts'

/** The events of API Gateway's HTTP APIs, payload format 2.0, and of function URLs. */
interface EventV2 extends Body {
  readonly version: '2.0'
  readonly rawPath: string
  readonly rawQueryString: string
  readonly headers: Record<string, string>
  readonly cookies?: readonly string[]
  readonly requestContext: { readonly http: { readonly method: string; readonly sourceIp: string } }
}

/** The events of API Gateway's REST APIs, and of ALB with or without multi-value headers. */
interface EventV1 extends Body {
  readonly version?: undefined
  readonly httpMethod: string
  readonly path: string
  readonly headers?: Fields | null
  readonly multiValueHeaders?: MultiFields | null
  readonly queryStringParameters?: Fields | null
  readonly multiValueQueryStringParameters?: MultiFields | null
  readonly requestContext: { readonly elb?: object; readonly identity?: { sourceIp: string } }
}

interface Body {
  readonly body?: string | null
  readonly isBase64Encoded: boolean
}
type Fields = Readonly<Record<string, string>>
type MultiFields = Readonly<Record<string, readonly string[]>>

export type LambdaEvent = EventV2 | EventV1

export interface LambdaResult extends Body {
  readonly statusCode: number
  readonly headers?: Fields
  readonly multiValueHeaders?: MultiFields
  readonly cookies?: readonly string[]
}

/** Makes the fetch `Request` of an event, and what it says of the connection. */
export function fromLambda(event: LambdaEvent): { request: Request; connection: Connection } {
  const headers = new Headers(headersOf(event))
  const scheme = headers.get('x-forwarded-proto') ?? 'https'
  const url = `${scheme}://${headers.get('host') ?? 'lambda'}${targetOf(event)}`
  const method = event.version === '2.0' ? event.requestContext.http.method : event.httpMethod
  const encoding = event.isBase64Encoded ? 'base64' : 'utf8'
  // A `Request` takes no content with these two.
  const body =
    method === 'GET' || method === 'HEAD' ? null : Buffer.from(event.body ?? '', encoding)
  const remoteAddress =
    event.version === '2.0'
      ? event.requestContext.http.sourceIp
      : // ALB itself adds the last one.
        (event.requestContext.identity?.sourceIp ??
        headers.get('x-forwarded-for')?.split(', ').at(-1))
  return { request: new Request(url, { method, headers, body }), connection: { remoteAddress } }
}

function headersOf(event: LambdaEvent): [string, string][] {
  if (event.version === '2.0') {
    const cookie = event.cookies?.join('; ')
    return Object.entries(cookie === undefined ? event.headers : { ...event.headers, cookie })
  }
  const { multiValueHeaders, headers } = event
  if (!multiValueHeaders) return Object.entries(headers ?? {})
  return pairs(multiValueHeaders)
}

function targetOf(event: LambdaEvent): string {
  if (event.version === '2.0') {
    const { rawPath, rawQueryString } = event
    return rawQueryString === '' ? rawPath : `${rawPath}?${rawQueryString}`
  }
  const { path, queryStringParameters, multiValueQueryStringParameters, requestContext } = event
  const query = multiValueQueryStringParameters
    ? pairs(multiValueQueryStringParameters)
    : Object.entries(queryStringParameters ?? {})
  if (query.length === 0) return path
  // ALB leaves the parameters as they came, a REST API decodes them.
  const encoded = requestContext.elb
    ? query.map((pair) => pair.join('=')).join('&')
    : new URLSearchParams(query).toString()
  return `${path}?${encoded}`
}

function pairs(fields: MultiFields): [string, string][] {
  return Object.entries(fields).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  )
}

/** Makes the result that the sender of the event can read. Content that is not text goes as base64. */
export async function toLambda(response: Response, event: LambdaEvent): Promise<LambdaResult> {
  const bytes = Buffer.from(await response.arrayBuffer())
  const text = bytes.toString()
  const isBase64Encoded = !Buffer.from(text).equals(bytes)
  const content = {
    statusCode: response.status,
    body: isBase64Encoded ? bytes.toString('base64') : text,
    isBase64Encoded,
  }
  const headers = Object.fromEntries(response.headers)
  const cookies = response.headers.getSetCookie()
  if (event.version === '2.0') {
    delete headers['set-cookie']
    return { ...content, headers, cookies }
  }
  // A field has one value here: of several cookies only the last one gets through.
  if (event.requestContext.elb && !event.multiValueHeaders) return { ...content, headers }
  const multiValueHeaders: Record<string, string[]> = {}
  for (const [name, value] of response.headers) (multiValueHeaders[name] ??= []).push(value)
  return { ...content, multiValueHeaders }
}
