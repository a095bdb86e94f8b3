import type { ServerResponse } from 'node:http'
import type { Identity } from '../../../handler/identity.ts'
import { headersOf } from '../../../handler/headers.ts'
import { problem, type ProblemStatus } from '../../../handler/problem.ts'
import { endLingering } from './linger.ts'

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

/** The response to a refused request, with which its connection ends. */
export function refusal(status: Refusal, identity: Partial<Identity>) {
  const answer = problem(status, details[status])
  return {
    headers: { ...headersOf(answer, identity), connection: 'close' },
    body: answer.body,
  }
}

/** Refuses a request that has a response of its own; its connection is closed after it. */
export function refuse(
  response: ServerResponse,
  status: Refusal,
  identity: Partial<Identity>,
): void {
  const { headers, body } = refusal(status, identity)
  response.setHeaders(new Headers(headers)).writeHead(status).write(body)
  endLingering(response)
  // Otherwise a handler that reads the body would wait for the rest for ever.
  response.once('close', () => {
    if (!response.req.complete) response.req.destroy(new Error(details[status]))
  })
}
