import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { loadPlatform, standFor } from '../platform.ts'
import { hasBody, readWhole, streamBody } from './body.ts'
import { createFullRequest } from './full-request.ts'
import { fieldsOf, NodeHeaders } from './node-headers.ts'

const decoder = new TextDecoder()
const toText = (bytes: Buffer) => decoder.decode(bytes)
const toJson = (bytes: Buffer): unknown => JSON.parse(toText(bytes))
const toBytes = (bytes: Buffer) => Uint8Array.from(bytes)
const toArrayBuffer = (bytes: Buffer) => toBytes(bytes).buffer

/**
 * The `Request` for a handler, of which only what is used is made. URL, method and header fields need
 * nothing else, and a body that is read whole needs no stream (docs/performance.md); all the rest is
 * asked of a `Request` of the platform's own class.
 */
export class NodeRequest implements Request {
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  readonly #source: Readable
  readonly #url: string
  #headers: NodeHeaders | undefined
  #isRead = false
  #full: Request | undefined

  /**
   * @param url in normal form
   * @param source what to read the body from
   */
  constructor(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    url: string,
    source: Readable = incoming,
  ) {
    this.#incoming = incoming
    this.#outgoing = outgoing
    this.#source = source
    this.#url = url
  }

  get url(): string {
    return this.#url
  }
  get method(): string {
    return this.#incoming.method ?? 'GET'
  }
  get headers(): Headers {
    if (this.#full && !this.#headers) return this.#full.headers
    this.#headers ??= new NodeHeaders(this.#incoming)
    return this.#headers
  }
  get bodyUsed(): boolean {
    return this.#full?.bodyUsed ?? this.#isRead
  }

  text(): Promise<string> {
    return this.#read(toText) ?? NodeRequest.full(this).text()
  }
  json(): Promise<unknown> {
    return this.#read(toJson) ?? NodeRequest.full(this).json()
  }
  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#read(toArrayBuffer) ?? NodeRequest.full(this).arrayBuffer()
  }
  bytes(): ReturnType<Request['bytes']> {
    return this.#read(toBytes) ?? NodeRequest.full(this).bytes()
  }
  blob(): Promise<Blob> {
    return NodeRequest.full(this).blob()
  }
  formData(): ReturnType<Request['formData']> {
    return NodeRequest.full(this).formData()
  }
  get body(): Request['body'] {
    return NodeRequest.full(this).body
  }
  clone(): Request {
    return NodeRequest.full(this).clone()
  }

  get signal(): AbortSignal {
    return NodeRequest.full(this).signal
  }
  get mode(): Request['mode'] {
    return NodeRequest.full(this).mode
  }
  get credentials(): Request['credentials'] {
    return NodeRequest.full(this).credentials
  }
  get cache(): Request['cache'] {
    return NodeRequest.full(this).cache
  }
  get redirect(): Request['redirect'] {
    return NodeRequest.full(this).redirect
  }
  get referrer(): string {
    return NodeRequest.full(this).referrer
  }
  get referrerPolicy(): Request['referrerPolicy'] {
    return NodeRequest.full(this).referrerPolicy
  }
  get integrity(): string {
    return NodeRequest.full(this).integrity
  }
  get keepalive(): boolean {
    return NodeRequest.full(this).keepalive
  }
  get destination(): Request['destination'] {
    return NodeRequest.full(this).destination
  }

  /** Reads the body straight from Node, unless it has been read or is a full request's now. */
  #read<T>(convert: (bytes: Buffer<ArrayBuffer>) => T): Promise<T> | undefined {
    if (this.#full || this.#isRead || !hasBody(this.#incoming)) return undefined
    this.#isRead = true
    return readWhole(this.#source, convert)
  }

  static full(request: NodeRequest): Request {
    request.#full ??= request.#makeFull()
    return request.#full
  }

  /** The full request of a lazy one; anything else as it is. */
  static unwrap<T>(value: T): T | Request {
    const isLazy = typeof value === 'object' && value !== null && #url in value
    return isLazy ? NodeRequest.full(value) : value
  }

  #makeFull(): Request {
    loadPlatform()
    const incoming = this.#incoming
    const fields = this.#headers ? [...this.#headers] : fieldsOf(incoming)
    const body = hasBody(incoming) ? this.#makeStream() : undefined
    const full = createFullRequest(incoming, this.#outgoing, { url: this.#url, fields, body })
    // From now on changes of either are changes of both.
    if (this.#headers) NodeHeaders.adopt(this.#headers, full.headers)
    if (this.#isRead) void full.text()
    return full
  }

  #makeStream(): ReadableStream {
    // The full request reads it at once, as if it had been this one's.
    if (this.#isRead) return new Blob().stream()
    return streamBody(this.#source, this.#incoming, this.#outgoing)
  }
}

standFor('Request', NodeRequest)
