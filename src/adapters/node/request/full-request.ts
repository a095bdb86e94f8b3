import type { IncomingMessage, ServerResponse } from 'node:http'
import { normalizeNodeRequest } from '@whatwg-node/server'

/** What a full request is made of. */
interface Parts {
  /** In normal form. */
  readonly url: string
  readonly fields: [string, string][]
  readonly body: ReadableStream | undefined
}

/**
 * Makes a `Request` of the platform's own class.
 * @throws TypeError for the methods that Fetch forbids, such as TRACE
 */
export function createFullRequest(
  { method }: IncomingMessage,
  outgoing: ServerResponse,
  { url, fields, body }: Parts,
): Request {
  const [protocol = '', , host = ''] = url.split('/', 3)
  const message = {
    method,
    protocol: protocol.slice(0, -1),
    url: url.slice(`${protocol}//${host}`.length),
    // The host is for the URL; pairs keep what an object would join or lose.
    headers: Object.assign(fields, { host }),
  }
  // It takes a message that is its own body, and the platform's classes in place of its ponyfills.
  const platform = body ? globalThis : withoutBody
  return normalizeNodeRequest(Object.assign(body ?? {}, message), platform, abortSource(outgoing))
}

/** For a message without content, which would be taken for its own body all the same. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- as `Object.create` has no better type
const withoutBody: typeof globalThis = Object.create(globalThis, {
  Request: {
    value: function (url: string, init: RequestInit) {
      return new Request(url, { ...init, body: null })
    },
  },
})

/** What tells @whatwg-node/server that the client has left. */
function abortSource(outgoing: ServerResponse): ServerResponse {
  if (!outgoing.closed || outgoing.writableFinished) return outgoing
  const gone = {
    once(event: string, abort: () => void) {
      if (event === 'close') abort()
    },
  }
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- it asks no more of it
  return gone as unknown as ServerResponse
}
