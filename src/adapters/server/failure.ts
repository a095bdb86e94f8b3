import { headersOf } from '../../handler/headers.ts'
import type { Identity } from '../../handler/identity.ts'
import { problem } from '../../handler/problem.ts'

const answer = problem(500, 'The service failed to answer this request. Its log says why.')

/** What is sent in place of a response that failed, whatever it was: nothing of it shows. */
export function failure(identity: Partial<Identity>): {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
} {
  return { status: answer.status, headers: headersOf(answer, identity), body: answer.body }
}
