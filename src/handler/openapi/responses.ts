import { schema, type schemas } from './schemas.ts'

function field(description: string, example: string) {
  return { description, required: true, schema: { type: 'string' }, example } as const
}

/** What every response carries. */
export const headers = {
  'Served-By': field(
    'Who answered (RFC 9651): its name, version, zone, process life, and the numbers of the response, of its connection and of the request there.',
    '"web-x2x4k";v="0.2.0";zone="eu-1a";boot=b41c09d2;n=1042;conn=17;req=3',
  ),
  'X-Request-Id': field('That of the request, or a new one.', 'b41c09d2-1042'),
  'X-Content-Type-Options': field('No content is what it does not say it is.', 'nosniff'),
  'Cache-Control': field('Each answer is about this moment.', 'no-store'),
}

const ourHeaders = Object.fromEntries(
  Object.keys(headers).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
)

/** A response without content. */
export function response(description: string) {
  return { description, headers: ourHeaders }
}

export function withContent(description: string, content: Record<string, object>) {
  return { ...response(description), content }
}

/** A JSON response. */
export function json(description: string, name: keyof typeof schemas) {
  return withContent(description, { 'application/json': { schema: schema(name) } })
}

/** An error as problem details. */
export function problem(description: string) {
  return withContent(description, { 'application/problem+json': { schema: schema('Problem') } })
}

/** What any request may get, whatever it asks for. */
export const responses = {
  Invalid: problem('The request is not valid, or a number in it is out of its range.'),
  Late: problem('The request did not arrive in time.'),
  TooLarge: problem('The body of the request is too large.'),
  TargetTooLong: problem('The target of the request is too long.'),
  Expectation: problem('The expectation cannot be met.'),
  FieldsTooLarge: problem('The header fields of the request are too large.'),
  Failed: problem('The service failed, by itself or by POST /faults.'),
}

function reference(name: keyof typeof responses) {
  return { $ref: `#/components/responses/${name}` } as const
}

export const refusals = {
  400: reference('Invalid'),
  408: reference('Late'),
  413: reference('TooLarge'),
  414: reference('TargetTooLong'),
  417: reference('Expectation'),
  431: reference('FieldsTooLarge'),
  500: reference('Failed'),
}
