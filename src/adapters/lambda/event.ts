import * as v from 'valibot'

/** The events of API Gateway's HTTP APIs, payload format 2.0, and of function URLs. */
export interface EventV2 extends Body {
  readonly version: '2.0'
  readonly rawPath: string
  readonly rawQueryString?: string
  readonly headers?: Fields
  readonly cookies?: readonly string[]
  readonly requestContext: {
    readonly http: { readonly method: string; readonly sourceIp?: string }
    readonly domainName?: string
  }
}

/**
 * The events of API Gateway's REST APIs, of HTTP APIs in payload format 1.0, and of ALB with or
 * without multi-value headers.
 */
export interface EventV1 extends Body {
  readonly version?: '1.0'
  readonly httpMethod: string
  readonly path: string
  readonly headers?: Fields | null
  readonly multiValueHeaders?: MultiFields | null
  readonly queryStringParameters?: Fields | null
  readonly multiValueQueryStringParameters?: MultiFields | null
  readonly requestContext: {
    readonly elb?: object
    readonly identity?: { readonly sourceIp?: string }
    readonly domainName?: string
  }
}

interface Body {
  readonly body?: string | null
  readonly isBase64Encoded?: boolean
}
export type Fields = Readonly<Record<string, string>>
export type MultiFields = Readonly<Record<string, readonly string[]>>

export type LambdaEvent = EventV2 | EventV1

export interface LambdaResult extends Body {
  readonly statusCode: number
  readonly headers?: Fields
  readonly multiValueHeaders?: MultiFields
  readonly cookies?: readonly string[]
}

/** What tells our events from all others; the rest of them may be absent. */
const ours = v.union([
  v.looseObject({
    version: v.literal('2.0'),
    rawPath: v.string(),
    requestContext: v.looseObject({ http: v.looseObject({ method: v.string() }) }),
  }),
  v.looseObject({
    httpMethod: v.string(),
    path: v.string(),
    requestContext: v.looseObject({}),
  }),
])

/** @throws TypeError if the event is not one of an HTTP request */
export function assertOurs(event: unknown): asserts event is LambdaEvent {
  if (v.is(ours, event)) return
  const keys = typeof event === 'object' && event !== null ? Object.keys(event) : []
  const has = keys.length > 0 ? `has the keys ${keys.slice(0, 10).join(', ')}` : 'has no keys'
  throw new TypeError(
    `This event is not an HTTP request: it ${has}. ` +
      'Invoke this function through API Gateway (HTTP or REST API), a function URL or ALB.',
  )
}

/** A map that says something; the empty ones stand beside the one that does. */
export function filled<T extends object>(map: T | null | undefined): T | undefined {
  return map && Object.keys(map).length > 0 ? map : undefined
}
