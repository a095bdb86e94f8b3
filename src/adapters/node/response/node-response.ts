import { fallBack } from '../fall-back.ts'

/** What Node can send at once: a whole body of known type and length, or none. */
export interface PlainResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** With these a full response refuses a body (Fetch §2.2.6, null body status). */
const bodyless = new Set([204, 205, 304])

/**
 * A `Response` that stays the values that it was made of until somebody looks at it. Most are only
 * ever sent, and a full one, with its header map and its stream, would be made for nothing.
 */
class LazyResponse {
  #plain: PlainResponse | undefined
  #full: Response | undefined

  constructor(body?: BodyInit | null, init: ResponseInit = {}) {
    const { status = 200, headers } = init
    if (isRecord(headers) && init.statusText === undefined && isWhole(body, status, headers))
      this.#plain = { status, headers, body }
    else this.#full = new Response(body, init)
  }

  static error(): Response {
    return Response.error()
  }

  static json(data: unknown, init?: ResponseInit): Response {
    return Response.json(data, init)
  }

  static redirect(url: string | URL, status?: number): Response {
    return Response.redirect(url, status)
  }

  static readonly plain = (response: object): PlainResponse | undefined =>
    #plain in response ? response.#plain : undefined

  static readonly materialize = (lazy: LazyResponse): Response => {
    if (!lazy.#full) {
      const { body, ...init } = lazy.#plain ?? { body: null }
      lazy.#full = new Response(body, init)
      // From now on the full one may be changed, so it is the one to send.
      lazy.#plain = undefined
    }
    return lazy.#full
  }
}

fallBack(LazyResponse.prototype, () => Response, LazyResponse.materialize)

/** The `Response` for handlers on Node: the global one, but not made in full when it need not be. */
// eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- fallBack() added the rest
export const NodeResponse = LazyResponse as unknown as typeof Response

/** What a response was made of, if that is plain and nobody has looked at it since. */
export const plainResponse = LazyResponse.plain

function isRecord(headers: HeadersInit | undefined): headers is Record<string, string> {
  return headers !== undefined && Object.getPrototypeOf(headers) === Object.prototype
}

/** Whether a full response would have nothing to add and nothing to refuse. */
function isWhole(
  body: BodyInit | null | undefined,
  status: number,
  headers: Readonly<Record<string, string>>,
): body is string | null {
  if (status < 200 || status > 599) return false
  if (body === null) return true
  if (typeof body !== 'string' || bodyless.has(status)) return false
  return 'content-type' in headers && 'content-length' in headers
}
