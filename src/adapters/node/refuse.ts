import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Identity } from '../../handler/identity.ts'
import { headersOf } from '../../handler/index.ts'
import { problem, type ProblemStatus } from '../../handler/problem.ts'
import { endLingering } from './body-limit.ts'

/** Why a request never reaches the handler. */
const details = {
  400: 'This is not a valid HTTP request.',
  408: 'The request did not arrive in time.',
  413: 'The body of this request is too large.',
  414: 'The target of this request is too long.',
  417: 'This expectation cannot be met; 100-continue can.',
  431: 'The header fields of this request are too large.',
} as const satisfies Partial<Record<ProblemStatus, string>>

export type Refusal = keyof typeof details

function refusal(status: Refusal, identity: Identity) {
  const answer = problem(status, details[status])
  return {
    headers: { ...headersOf(answer, identity), connection: 'close' },
    body: answer.body ?? '',
  }
}

/** Refuses a request that has a response of its own; its connection is closed after it. */
export function refuse(response: ServerResponse, status: Refusal, identity: Identity): void {
  const { headers, body } = refusal(status, identity)
  response.setHeaders(new Headers(headers)).writeHead(status).write(body)
  if (status === 413) endLingering(response)
  else response.end()
}

/** What an error of Node's parser means for the client. */
export function refusalOf({ code, rawPacket }: ClientError): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413
  if (code !== 'HPE_HEADER_OVERFLOW') return 400
  // The parser does not say whether it was still in the request line.
  const first = rawPacket?.toString('latin1') ?? ''
  return /^[A-Z]+ [^\n]*$/.test(first) ? 414 : 431
}

/** What comes with `clientError`. */
export interface ClientError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer
}

/** Refuses what Node could not parse as a request, on the socket itself, and ends the connection. */
export function refuseOnSocket(socket: Duplex, status: Refusal, identity: Identity): void {
  const { headers, body } = refusal(status, identity)
  const fields = Object.entries(headers).map((field) => field.join(': '))
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...fields].join('\r\n')
  socket.end(`${head}\r\n\r\n${body}`)
}
