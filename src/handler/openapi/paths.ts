import { json, problem, refusals, response, withContent } from './responses.ts'
import { schema } from './schemas.ts'

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly parameters?: readonly object[]
  readonly requestBody?: object
  readonly responses: Readonly<Record<string | number, object>>
}

const buffered = problem('This runtime sends nothing before it has all of a response.')
const anything = { description: 'Anything.', content: { '*/*': {} } }

/** An operation with the responses that any request may get. */
function operation(
  operationId: string,
  summary: string,
  responses: Operation['responses'],
  rest: Partial<Operation> = {},
): Operation {
  return { operationId, summary, ...rest, responses: { ...responses, ...refusals } }
}

/** The same for every method but OPTIONS and TRACE. */
function anyMethod({ operationId, ...rest }: Operation): Record<string, Operation> {
  const methods = {
    get: '',
    head: 'Head',
    post: 'Post',
    put: 'Put',
    patch: 'Patch',
    delete: 'Delete',
  }
  return Object.fromEntries(
    Object.entries(methods).map(([method, suffix]) => {
      const takesBody = ['post', 'put', 'patch'].includes(method)
      const body = takesBody ? { requestBody: anything } : {}
      return [method, { operationId: operationId + suffix, ...rest, ...body }]
    }),
  )
}

function parameter(place: 'path' | 'query', name: string, bounds: object, description: string) {
  return { name, in: place, required: place === 'path', description, schema: bounds }
}

/** What each route does, by its path in the routing table. */
export const paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  '/': {
    get: operation('root', 'Which replica answered, and when', { 200: json('It.', 'Moment') }),
  },
  '/livez': {
    get: operation('livez', 'Whether the process can answer', { 200: json('It can.', 'Status') }),
  },
  '/readyz': {
    get: operation('readyz', 'Whether this replica should get traffic', {
      200: json('It should.', 'Status'),
      503: problem('It should not, and why.'),
    }),
  },
  '/version': {
    get: operation('version', 'Version, commit and runtime', { 200: json('They.', 'Version') }),
  },
  '/ui': {
    get: operation('ui', 'The live page', {
      200: withContent('The page.', { 'text/html; charset=utf-8': { schema: { type: 'string' } } }),
      503: problem('The page is not built here.'),
    }),
  },
  '/whoami': anyMethod(
    operation('whoami', 'Who, where and through what, and the request as it arrived', {
      200: withContent('JSON, or aligned lines for Accept: text/plain.', {
        'application/json': { schema: schema('WhoAmI') },
        'text/plain; charset=utf-8': { schema: { type: 'string' } },
      }),
    }),
  ),
  '/events': {
    get: operation(
      'events',
      'Server-sent events: the answer of / again and again, and a draining event',
      {
        200: withContent('Events, until the client leaves or this replica has drained.', {
          'text/event-stream': { schema: { type: 'string' } },
        }),
        501: buffered,
      },
      {
        parameters: [
          parameter(
            'query',
            'interval',
            { type: 'number', minimum: 0.1, maximum: 60, default: 1 },
            'Seconds between two events.',
          ),
        ],
      },
    ),
  },
  '/chain': {
    get: operation('chain', 'What all upstreams say, asked in parallel', {
      200: json('What they say; what went wrong stands where it did.', 'Chain'),
    }),
  },
  '/openapi.json': {
    get: operation('openapi', 'This document', {
      200: withContent('It.', { 'application/json': { schema: { type: 'object' } } }),
    }),
  },
  '/status/{code}': anyMethod(
    operation(
      'status',
      'The status that is asked for',
      {
        '2XX': json('As asked for; 204 and 205 without content.', 'StatusAsked'),
        '3XX': json('As asked for; 304 without content.', 'StatusAsked'),
        '4XX': problem('As asked for.'),
        '5XX': problem('As asked for.'),
      },
      {
        parameters: [
          parameter('path', 'code', { type: 'integer', minimum: 200, maximum: 599 }, 'The status.'),
        ],
      },
    ),
  ),
  '/delay/{seconds}': anyMethod(
    operation(
      'delay',
      'An answer after so many seconds',
      { 200: json('After that time.', 'Delay'), 501: buffered },
      {
        parameters: [
          parameter('path', 'seconds', { type: 'number', minimum: 0, maximum: 600 }, 'The time.'),
        ],
      },
    ),
  ),
  '/bytes/{n}': {
    get: operation(
      'bytes',
      'Exactly so many bytes',
      {
        200: withContent('The bytes.', {
          'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
        }),
        501: buffered,
      },
      {
        parameters: [
          parameter(
            'path',
            'n',
            { type: 'integer', minimum: 0, maximum: 104_857_600 },
            'How many bytes.',
          ),
          parameter(
            'query',
            'over',
            { type: 'number', minimum: 0, maximum: 600, default: 0 },
            'Seconds until the last of them.',
          ),
        ],
      },
    ),
  },
  '/faults': {
    post: operation(
      'startFaults',
      'Makes this one replica sick for a while',
      {
        200: json('What it does, until when.', 'FaultsBegun'),
        415: problem('The body is not of the type application/json.'),
        501: buffered,
      },
      {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schema('Faults') } },
        },
      },
    ),
    delete: operation('endFaults', 'Makes it well again', { 204: response('It is well.') }),
  },
}
