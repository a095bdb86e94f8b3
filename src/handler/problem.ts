import { json, type WholeAnswer } from './answer.ts'

/** The statuses that served-by gives for an error, with their reason phrases of RFC 9110 §15. */
const titles = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  417: 'Expectation Failed',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
} as const

export type ProblemStatus = keyof typeof titles

/**
 * An error as RFC 9457 problem details. The type is always `about:blank`, so that the title is the
 * status' reason phrase (§4.2.1).
 * @param detail one sentence for the person who sent the request: what happened, what to do next
 */
export function problem(status: ProblemStatus, detail: string): WholeAnswer {
  const details = { type: 'about:blank', title: titles[status], status, detail }
  return json(details, status, 'application/problem+json')
}
