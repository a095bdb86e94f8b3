import { empty, json, type Answer } from '../answer.ts'
import { describe, readBounded } from '../bounded.ts'
import { problem } from '../problem.ts'
import type { Route } from '../router.ts'

const codes = { least: 200, most: 599, whole: true }

/** With these there is no content (RFC 9110 §15.3.5, §15.3.6, §15.4.5). */
const withoutContent = new Set([204, 205, 304])

/** Answers with the status that is asked for. */
export const status: Route = (_replica, { parameter }) => {
  const code = readBounded(parameter, codes)
  if (code === undefined) return problem(400, `The status must be ${describe(codes)}.`)
  return withStatus(code)
}

function withStatus(status: number): Answer {
  if (status === 205) return { ...empty(status), length: 0 }
  if (withoutContent.has(status)) return empty(status)
  if (status < 400) return json({ status }, status)
  const details = { type: 'about:blank', status, detail: 'This status was asked for.' }
  return json(details, status, 'application/problem+json')
}
