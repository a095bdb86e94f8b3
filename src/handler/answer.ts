/**
 * What a route answers: the part of a response that differs from route to route. The handler adds
 * the fields that are the same everywhere and makes the `Response`.
 */
export interface Answer {
  readonly status: number
  /** The body and its media type; without them there is no content, such as with 204. */
  readonly body: string | null
  readonly type?: string
  /** The methods that the path takes, for `Allow`. */
  readonly allow?: string
}

/** A compact JSON answer; status 200 unless another is given. */
export function json(value: unknown, status = 200, type = 'application/json'): Answer {
  return { status, body: JSON.stringify(value), type }
}
