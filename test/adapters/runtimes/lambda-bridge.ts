// A small HTTP front end for the Lambda bundle, which speaks events as AWS' own front ends do:
// `node test/adapters/runtimes/lambda-bridge.ts http-api|rest-api|function-url|alb|alb-multi`.
import * as v from 'valibot'
import type { LambdaEvent, LambdaResult } from '../../../src/adapters/lambda/event.ts'
import { serve } from '../../../src/adapters/node/serve.ts'
import type { Handler } from '../../../src/handler/index.ts'

const bundle = new URL('../../../dist/lambda.mjs', import.meta.url).href
const lambda = v.object({
  handler: v.custom<(event: LambdaEvent) => Promise<LambdaResult>>((f) => typeof f === 'function'),
})
const { handler } = v.parse(lambda, await import(bundle))

/** What all formats say in their own words. */
interface Incoming {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly fields: Record<string, string>
  readonly content: { readonly body: string; readonly isBase64Encoded: true }
  readonly sourceIp: string
}

type Format = (incoming: Incoming) => LambdaEvent

const v2: Format = ({ method, path, query, fields, content, sourceIp }) => ({
  ...content,
  version: '2.0',
  rawPath: path,
  rawQueryString: query,
  headers: fields,
  requestContext: { http: { method, sourceIp } },
})

const formats: Readonly<Record<string, Format>> = {
  'http-api': v2,
  'function-url': v2,
  'rest-api': ({ method, path, query, fields, content, sourceIp }) => ({
    ...content,
    httpMethod: method,
    path,
    headers: fields,
    multiValueHeaders: multi(Object.entries(fields)),
    multiValueQueryStringParameters: multi([...new URLSearchParams(query)]),
    requestContext: { identity: { sourceIp } },
  }),
  alb: ({ method, path, query, fields, content, sourceIp }) => ({
    ...content,
    httpMethod: method,
    path,
    queryStringParameters: Object.fromEntries(rawPairs(query)),
    headers: { ...fields, 'x-forwarded-for': sourceIp },
    requestContext: { elb: {} },
  }),
  'alb-multi': ({ method, path, query, fields, content, sourceIp }) => ({
    ...content,
    httpMethod: method,
    path,
    multiValueQueryStringParameters: multi(rawPairs(query)),
    multiValueHeaders: multi(Object.entries({ ...fields, 'x-forwarded-for': sourceIp })),
    requestContext: { elb: {} },
  }),
}

function multi(pairs: [string, string][]): Record<string, string[]> {
  const all = Map.groupBy(pairs, ([name]) => name)
  return Object.fromEntries(
    [...all].map(([name, values]) => [name, values.map(([, value]) => value)]),
  )
}

/** ALB passes the query on without decoding it. */
function rawPairs(query: string): [string, string][] {
  if (query === '') return []
  return query.split('&').map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return [name, value.join('=')]
  })
}

function answering(format: Format): Handler {
  return async (request, { remoteAddress = '' }) => {
    const { pathname, search } = new URL(request.url)
    const result = await handler(
      format({
        method: request.method,
        path: pathname,
        query: search.slice(1),
        fields: { ...Object.fromEntries(request.headers), 'x-forwarded-proto': 'http' },
        content: {
          body: Buffer.from(await request.arrayBuffer()).toString('base64'),
          isBase64Encoded: true,
        },
        sourceIp: remoteAddress,
      }),
    )
    const headers = new Headers(result.headers)
    for (const [name, values] of Object.entries(result.multiValueHeaders ?? {}))
      for (const value of values) headers.append(name, value)
    const body = Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8')
    return new Response(body.length > 0 ? body : null, { status: result.statusCode, headers })
  }
}

const format = formats[process.argv[2] ?? '']
if (!format) throw new TypeError(`The formats are: ${Object.keys(formats).join(', ')}`)
const { url } = await serve(answering(format), {
  port: Number(process.env['PORT'] ?? 8000),
  drainDelay: 0,
  drainTimeout: 0,
  identify: () => ({ 'served-by': '"front-end"', 'x-request-id': '-' }),
  onError(cause) {
    process.stderr.write(`${String(cause)}\n`)
  },
})
process.stdout.write(`${JSON.stringify({ msg: 'ready', url })}\n`)
