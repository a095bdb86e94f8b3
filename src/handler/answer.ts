/**
 * What a route answers: the part of a response that differs from route to route. The handler adds
 * the fields that are the same everywhere and makes the `Response`.
 */
export interface Answer {
  readonly status: number
  /** Field names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** `null`: no content, such as with 204. */
  readonly body: string | null
}

/** A compact JSON answer; status 200 unless another is given. */
export function json(value: unknown, status = 200, type = 'application/json'): Answer {
  return { status, headers: { 'content-type': type }, body: JSON.stringify(value) }
}
