import type { IncomingMessage, ServerResponse } from 'node:http'
import * as fetchAPI from '@whatwg-node/fetch'
import { normalizeNodeRequest } from '@whatwg-node/server'
import { fallBack } from '../fall-back.ts'
import { createHeaders } from './node-headers.ts'
import { hasUnreadBody, readWholeBody } from './whole-body.ts'

const decoder = new TextDecoder()
const toText = (bytes: Buffer) => decoder.decode(bytes)
const toArrayBuffer = (bytes: Buffer) => Uint8Array.from(bytes).buffer

/**
 * A `Request` of which only what somebody looks at is made. URL, method, header fields and signal
 * are made apart, each at its first use, and a body that is read at once needs no stream; for all the
 * rest @whatwg-node/server makes a full one.
 */
class LazyRequest {
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  readonly #url: string
  #headers: Headers | undefined
  #signal: AbortSignal | undefined
  #isRead = false
  #full: Request | undefined

  constructor(incoming: IncomingMessage, outgoing: ServerResponse, url: string) {
    this.#incoming = incoming
    this.#outgoing = outgoing
    this.#url = url
  }

  get url(): string {
    return this.#url
  }

  get method(): string {
    return this.#incoming.method ?? 'GET'
  }

  get headers(): Headers {
    this.#headers ??= createHeaders(this.#incoming)
    return this.#headers
  }

  /** Aborted when the connection closes before the response is whole. */
  get signal(): AbortSignal {
    this.#signal ??= abortSignal(this.#outgoing)
    return this.#signal
  }

  get bodyUsed(): boolean {
    return this.#full?.bodyUsed ?? this.#isRead
  }

  text(): Promise<string> {
    return this.#read(toText) ?? LazyRequest.materialize(this).text()
  }

  json(): Promise<unknown> {
    const parse = (text: string): unknown => JSON.parse(text)
    return this.#read(toText)?.then(parse) ?? LazyRequest.materialize(this).json()
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#read(toArrayBuffer) ?? LazyRequest.materialize(this).arrayBuffer()
  }

  /** Reads the body straight from Node, unless it was read before or is a full request's now. */
  #read<T>(convert: (bytes: Buffer) => T): Promise<T> | undefined {
    if (this.#full || this.#isRead || !hasUnreadBody(this.#incoming)) return undefined
    this.#isRead = true
    return readWholeBody(this.#incoming, convert)
  }

  static readonly materialize = (lazy: LazyRequest): Request => {
    lazy.#full ??= lazy.#isRead
      ? usedRequest(lazy)
      : normalizeNodeRequest(lazy.#incoming, fetchAPI, lazy.#outgoing, true)
    return lazy.#full
  }
}

fallBack(LazyRequest.prototype, () => Request, LazyRequest.materialize)

/**
 * The `Request` for a handler.
 * @param url the request's URL, in normal form
 */
export function createRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  url: string,
): Request {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- fallBack() added the rest
  return new LazyRequest(incoming, outgoing, url) as unknown as Request
}

function abortSignal(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController()
  const abort = () => {
    if (!outgoing.writableFinished) controller.abort()
  }
  if (outgoing.closed) abort()
  else outgoing.once('close', abort)
  return controller.signal
}

/** A full request whose body has been read. */
function usedRequest({ url, method, headers }: LazyRequest): Request {
  const request = new Request(url, { method, headers, body: '' })
  void request.text()
  return request
}
