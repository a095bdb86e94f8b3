/**
 * What a route answers: the part of a response that differs from route to route. The handler adds
 * the fields that are the same everywhere and makes the `Response`.
 */
export interface Answer {
  readonly status: number
  /** The body; without one there is no content, such as with 204. A stream begins when it is read. */
  readonly body: string | ReadableStream<Uint8Array> | null
  /** The media type of the body. */
  readonly type?: string
  /** Bytes of a stream, where they are known before. */
  readonly length?: number
  /** Further header fields, by their names in lower case. */
  readonly fields?: Readonly<Record<string, string>>
}

/** An answer that is there as a whole. */
export interface WholeAnswer extends Answer {
  readonly body: string
  readonly type: string
}

/** A compact JSON answer; status 200 unless another is given. */
export function json(value: unknown, status = 200, type = 'application/json'): WholeAnswer {
  return { status, body: JSON.stringify(value), type }
}

/** An answer without content. */
export function empty(status = 204): Answer {
  return { status, body: null }
}
