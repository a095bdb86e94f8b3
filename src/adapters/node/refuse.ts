import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { headersOf } from '../../handler/index.ts'
import { problem, type ProblemStatus } from '../../handler/problem.ts'

/** What Node's parser calls its errors, and what each means for the client. */
const refusals: Readonly<Record<string, readonly [ProblemStatus, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The header fields of this request are too large.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The chunk extensions of this request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
}

/** Answers on the socket itself what Node could not parse as a request, and ends the connection. */
export function refuseOnSocket(socket: Duplex, code: string | undefined, servedBy: string): void {
  const [status, detail] = refusals[code ?? ''] ?? [400, 'This is not a valid HTTP request.']
  const answer = problem(status, detail)
  const fields = { ...headersOf(answer, servedBy), connection: 'close' }
  const lines = Object.entries(fields).map((field) => field.join(': '))
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines].join('\r\n')
  socket.end(`${head}\r\n\r\n${answer.body ?? ''}`)
}

/** Answers a request whose target and Host field do not make a URL, so that no `Request` can be. */
export function refuseTarget(response: ServerResponse, servedBy: string): void {
  const answer = problem(400, 'The request target or the Host field is not valid.')
  response.writeHead(answer.status, headersOf(answer, servedBy)).end(answer.body)
}
