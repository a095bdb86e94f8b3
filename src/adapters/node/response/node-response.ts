import { fieldsAboutConnection } from '../../server/response-fields.ts'
import { loadPlatform, standFor } from '../platform.ts'

/** A response with a whole body, or none, that nobody has looked into. */
export interface PlainResponse {
  readonly status: number
  /** Names, in lower case, and values in turn; without Content-Length and fields about the connection. */
  readonly fields: readonly string[]
  /** The Content-Length that was given, which says something only to HEAD. */
  readonly declaredLength: string | undefined
  readonly body: string | null
}

/**
 * The `Response` for handlers on Node: it keeps what it was made of, because most responses are only ever
 * sent, and makes one of the platform's own class when more is asked of it (docs/performance.md).
 */
export class NodeResponse implements Response {
  readonly #plain: PlainResponse | undefined
  #full: Response | undefined
  #isSent = false

  constructor(body: BodyInit | null = null, init: ResponseInit | null = null) {
    this.#plain = plainOf(body, init)
    if (this.#plain) return
    loadPlatform()
    this.#full = new Response(body, init ?? undefined)
  }

  static error(): Response {
    return Response.error()
  }
  static json(...args: Parameters<typeof Response.json>): Response {
    return Response.json(...args)
  }
  static redirect(...args: Parameters<typeof Response.redirect>): Response {
    return Response.redirect(...args)
  }

  get status(): number {
    return this.#plain?.status ?? NodeResponse.full(this).status
  }
  get ok(): boolean {
    return NodeResponse.full(this).ok
  }
  get statusText(): string {
    return NodeResponse.full(this).statusText
  }
  get type(): Response['type'] {
    return NodeResponse.full(this).type
  }
  get url(): string {
    return NodeResponse.full(this).url
  }
  get redirected(): boolean {
    return NodeResponse.full(this).redirected
  }
  get headers(): Headers {
    return NodeResponse.full(this).headers
  }
  get body(): Response['body'] {
    return NodeResponse.full(this).body
  }
  get bodyUsed(): boolean {
    return NodeResponse.full(this).bodyUsed
  }
  clone(): Response {
    return NodeResponse.full(this).clone()
  }
  async text(): Promise<string> {
    return NodeResponse.full(this).text()
  }
  async json(): Promise<unknown> {
    return NodeResponse.full(this).json()
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return NodeResponse.full(this).arrayBuffer()
  }
  async bytes(): ReturnType<Response['bytes']> {
    return NodeResponse.full(this).bytes()
  }
  async blob(): Promise<Blob> {
    return NodeResponse.full(this).blob()
  }
  async formData(): ReturnType<Response['formData']> {
    return NodeResponse.full(this).formData()
  }

  static full(response: NodeResponse): Response {
    response.#full ??= response.#makeFull()
    return response.#full
  }

  #makeFull(): Response {
    loadPlatform()
    const { status, fields, declaredLength, body } = this.#plain ?? emptyResponse
    const headers = new Headers()
    for (let i = 0; i < fields.length; i += 2) headers.append(fields[i] ?? '', fields[i + 1] ?? '')
    if (declaredLength !== undefined) headers.set('content-length', declaredLength)
    const full = new Response(body, { status, headers })
    if (this.#isSent) void full.body?.cancel()
    return full
  }

  /**
   * Takes what is to be sent, once: a body is used up by it. Gives nothing if this is another
   * response, or one that must be sent as its full one, which may have been changed.
   */
  static take(response: object): PlainResponse | undefined {
    if (!(#plain in response) || response.#full || response.#isSent) return undefined
    response.#isSent = response.#plain?.body !== null
    return response.#plain
  }
}

standFor('Response', NodeResponse)

const emptyResponse: PlainResponse = {
  status: 200,
  fields: [],
  declaredLength: undefined,
  body: null,
}

/** With these a response refuses a body (Fetch §2.2.6, null body status). */
const bodyless = new Set([204, 205, 304])

/** Fields that are for the adapter, or the platform's class, to look into. */
const special = new Set([
  ...fieldsAboutConnection,
  // Node acts upon these.
  ...['date', 'expect', 'trailer'],
  // Node's `Headers` leave it out.
  '__proto__',
])

/** A field name (RFC 9110 §5.1) in lower case. */
const nameInLowerCase = /^[!#$%&'*+.^_`|~0-9a-z-]+$/

/** Names that were looked into: handlers use the same few for each response. */
const ordinaryNames = new Set<string>()
/** A bound, because a handler may take names from its clients. */
const rememberedNames = 1000

/** Whether neither the adapter nor the platform's class would do anything about such a field. */
function isOrdinary(name: string): boolean {
  if (ordinaryNames.has(name)) return true
  if (special.has(name) || !nameInLowerCase.test(name)) return false
  if (ordinaryNames.size < rememberedNames) ordinaryNames.add(name)
  return true
}

/** A field value (RFC 9110 §5.5) without white space at its ends, which `Headers` would remove. */
const plainValue = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/

/** What a response is made of, if the platform's would neither refuse nor convert any of it. */
function plainOf(body: BodyInit | null, init: ResponseInit | null): PlainResponse | undefined {
  if ((body !== null && typeof body !== 'string') || typeof init !== 'object') return undefined
  const { headers = {}, status = 200, statusText = '' } = init ?? {}
  if (!Number.isInteger(status) || status < 200 || status > 599 || statusText !== '')
    return undefined
  if ((body !== null && bodyless.has(status)) || !isRecord(headers)) return undefined

  const fields: string[] = []
  let declaredLength: string | undefined
  let hasType = body === null
  for (const name in headers) {
    const value: unknown = headers[name]
    if (typeof value !== 'string' || !isOrdinary(name) || !plainValue.test(value)) return undefined
    if (name === 'content-length') declaredLength = value
    else fields.push(name, value)
    if (name === 'content-type') hasType = true
  }
  if (!hasType) fields.push('content-type', 'text/plain;charset=UTF-8')
  return { status, fields, declaredLength, body }
}

function isRecord(headers: HeadersInit): headers is Record<string, string> {
  return Object.getPrototypeOf(headers) === Object.prototype && !(Symbol.iterator in headers)
}
