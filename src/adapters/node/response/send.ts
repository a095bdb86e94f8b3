import type { ServerResponse } from 'node:http'
import { hasNoContent, sortFields } from '../../server/response-fields.ts'
import { checkedLength, type Head, type WriteHead } from './head.ts'
import { NodeResponse, type PlainResponse } from './node-response.ts'
import { cancel, streamTo } from './stream.ts'

/**
 * Writes what a handler gave to a Node response: at once where it can, otherwise at the pace of the
 * reader.
 * @returns nothing if it is as good as written; otherwise a promise, which rejects with what the body's
 * stream threw
 * @throws TypeError or RangeError if it cannot be sent; nothing of it has been written then
 */
export function send(
  answer: object,
  to: ServerResponse,
  writeHead: WriteHead,
): Promise<void> | undefined {
  const plain = NodeResponse.take(answer)
  if (plain) {
    if (!to.headersSent && !to.closed) sendPlain(plain, to, writeHead)
    return undefined
  }
  const response = checked(answer)
  if (to.headersSent || to.closed) {
    // The request was refused meanwhile, or the client has left.
    void cancel(response)
    return undefined
  }
  const { status, body } = response
  const { fields, declaredLength, closes } = sortFields(response)
  const head: Head = { status, reason: response.statusText, fields: fields.flat(), closes }
  const isHead = to.req.method === 'HEAD'
  if (body !== null && !isHead && !hasNoContent(status))
    return streamTo(to, { response, body }, head, declaredLength, writeHead)

  addLength(head, declaredLength, isHead)
  writeHead(to, head)
  to.end()
  void cancel(response)
  return undefined
}

function sendPlain(
  { status, fields, declaredLength, body }: PlainResponse,
  to: ServerResponse,
  writeHead: WriteHead,
): void {
  if (body === null) {
    const head: Head = { status, reason: '', fields: [...fields], closes: false }
    addLength(head, declaredLength, to.req.method === 'HEAD')
    writeHead(to, head)
    to.end()
    return
  }
  const bytes = Buffer.byteLength(body)
  const framed = [...fields, 'content-length', `${bytes}`]
  writeHead(to, { status, reason: '', fields: framed, closes: false, isChecked: true })
  // ASCII goes out as one string with its head; Node would write a head before other text as UTF-8.
  if (bytes === body.length) to.end(body, 'latin1')
  else to.end(Buffer.from(body))
}

/** Adds the length of a response without content: HEAD may be told that of GET. */
function addLength(head: Head, declared: string | undefined, isHead: boolean): void {
  if (hasNoContent(head.status)) return
  if (!isHead) head.fields.push('content-length', '0')
  else if (declared !== undefined) head.fields.push('content-length', checkedLength(declared))
}

/** A response of any class that has the members of `Response`; frameworks bring their own. */
function checked(answer: object): Response {
  if (!isResponse(answer)) throw new TypeError('The handler gave something that is no Response.')
  if (answer.bodyUsed || answer.body?.locked)
    throw new TypeError('The body of the response has been read already.')
  if (!Number.isInteger(answer.status) || answer.status < 200 || answer.status > 599)
    throw new RangeError(`A response of status ${answer.status} cannot be sent.`)
  return answer
}

function isResponse(answer: object): answer is Response {
  return 'status' in answer && 'headers' in answer && 'body' in answer && 'bodyUsed' in answer
}
