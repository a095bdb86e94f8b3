/** What a request is made of, on the wire and as a `Request`. One character of a body is one byte. */
export interface Parts {
  readonly method?: string
  /** What follows the path that names the probe, such as `?a=1`. */
  readonly rest?: string
  readonly fields?: readonly (readonly [name: string, value: string])[]
  readonly body?: string
  /** Sends the body in chunks, without saying its length before. */
  readonly chunked?: boolean
  /** Asks with the upstream as the Host, so that the URL of the request is one to fetch. */
  readonly toUpstream?: boolean
}

/** The Host of requests that do not go on to the upstream. */
export const host = 'fetch.test:81'

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** The fields as undici's client sends them, but for `Transfer-Encoding`. */
export function fieldsOf(parts: Parts, authority: string): [string, string][] {
  const fields: [string, string][] = [
    ['host', authority],
    ['connection', 'keep-alive'],
    ...(parts.fields ?? []).map(([name, value]): [string, string] => [name, value]),
  ]
  if (parts.body !== undefined && !parts.chunked)
    fields.push(['content-length', `${parts.body.length}`])
  return fields
}

/**
 * The fields of a request, for looks that are about something else. `Transfer-Encoding` is about the
 * connection, and a native `Request` that had it could not be fetched: one look of its own is about that.
 */
export function fieldsSeen(headers: Headers): [string, string][] {
  return [...headers].filter(([name]) => name !== 'transfer-encoding').sort()
}

/** The platform's own `Request` of the same parts. */
export function nativeRequest(parts: Parts, authority: string, path: string): Request {
  const { method = 'GET', rest = '', body } = parts
  return new Request(`http://${authority}${path}${rest}`, {
    method,
    headers: fieldsOf(parts, authority),
    // As it comes over a connection: a stream of bytes that is there once.
    ...(body === undefined ? {} : { body: new Blob([bytesOf(body)]).stream(), duplex: 'half' }),
  })
}

/** A body each in its own words; `chunked` and not are tried with all of them. */
export const contents: Readonly<Record<string, Pick<Parts, 'body' | 'fields'>>> = {
  'a text': { body: 'hello', fields: [['content-type', 'text/plain;charset=UTF-8']] },
  'no content': { body: '' },
  JSON: { body: '{"a":[1,"\xc3\xa9"]}', fields: [['content-type', 'application/json']] },
  'broken JSON': { body: '{"a"', fields: [['content-type', 'application/json']] },
  'bytes that are no UTF-8': {
    body: '\x00\xff\x80\n',
    fields: [['content-type', 'application/octet-stream']],
  },
  'a text with a byte order mark': { body: '\xef\xbb\xbf{}', fields: [['content-type', 'Text/X']] },
  'a form': {
    body: 'a=1&b=+%C3%A9&a=2&a=',
    fields: [['content-type', 'application/x-www-form-urlencoded']],
  },
  'a form with files': {
    body: [
      '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
      '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n2\r\n3',
      '--B\r\nContent-Disposition: form-data; name="f"; filename="x.txt"\r\nContent-Type: text/x\r\n\r\nfile x',
      '--B\r\nContent-Disposition: form-data; name="f"; filename="\xc3\xa9"\r\n\r\n\x00\xff',
      '--B\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\np',
      '--B--\r\n',
    ].join('\r\n'),
    fields: [['content-type', 'multipart/form-data; boundary=B']],
  },
  'a form that breaks off': {
    body: '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
    fields: [['content-type', 'multipart/form-data; boundary=B']],
  },
  'content without a type': { body: 'a=1' },
  'more than one packet': { body: 'x'.repeat(100_000), fields: [['content-type', 'text/plain']] },
}

/** A part of the contents, each once with its length and once in chunks. */
export function framed(
  names: readonly string[] = Object.keys(contents),
): [name: string, parts: Parts][] {
  return names.flatMap((name): [string, Parts][] => {
    const parts: Parts = { method: 'POST', ...contents[name] }
    return [
      [name, parts],
      [`${name}, in chunks`, { ...parts, chunked: true }],
    ]
  })
}
