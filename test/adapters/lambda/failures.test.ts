import { describe, expect, test } from 'vitest'
import type { LambdaEvent } from '../../../src/adapters/lambda/event.ts'
import { createLambda } from '../../../src/adapters/lambda/lambda.ts'
import { failures, unsendables } from '../serve/fixture/failures.ts'

const event: LambdaEvent = {
  httpMethod: 'GET',
  path: '/',
  headers: { host: 'api.test', 'x-request-id': 'r-1' },
  requestContext: {},
}

/** What a handler of the fixture comes to, and what was reported of it. */
async function run(path: string) {
  const causes: unknown[] = []
  const context = {
    request: new Request('http://api.test/'),
    remoteAddress: undefined,
    note: () => undefined,
    released: () => Promise.resolve(undefined),
  }
  const lambda = createLambda(
    // @ts-expect-error -- the handlers do not give what they should
    () => failures[path]?.(context),
    {
      onError: (cause) => causes.push(cause),
      identify: (_, requestId) => ({ 'served-by': '"t"', 'x-request-id': requestId ?? '' }),
    },
  )
  return { result: await lambda(event), causes }
}

describe('a plain 500 with nothing of what failed, reported once', () => {
  const paths = [
    ...unsendables.flatMap((what) => [`/gives/${what}`, `/promises/${what}`]),
    ...['/throws-error', '/throws-string', '/throws-null', '/throws-symbol', '/rejects-number'],
    ...['/fails-first', '/fails-midway', '/fails-at-once', '/fails-with-undefined'],
    '/sends-no-bytes',
  ]
  test.for(paths)('%s', async (path) => {
    const { result, causes } = await run(path)
    expect(result.statusCode).toBe(500)
    expect(result.multiValueHeaders).toMatchObject({
      'content-type': ['application/problem+json'],
      'served-by': ['"t"'],
      'x-request-id': ['r-1'],
    })
    expect(JSON.stringify(result)).not.toMatch(/secret|set-cookie|of-the-failed|Fine/)
    expect(causes).toHaveLength(1)
  })
})
