import { describe, expect, test } from 'vitest'
import { createLambda } from '../../../src/adapters/lambda/lambda.ts'
import type { LambdaEvent } from '../../../src/adapters/lambda/event.ts'
import type { Handler } from '../../../src/handler/index.ts'

const body = Buffer.from([0, 255, 128, 10]).toString('base64')
const content = { body, isBase64Encoded: true }

/** `PUT /a%20b?x=1%202&x=y` with four bytes and two cookies, from 192.0.2.1, as each front end says it. */
const events: Record<string, LambdaEvent> = {
  'API Gateway HTTP (payload format 2.0)': {
    ...content,
    version: '2.0',
    rawPath: '/a%20b',
    rawQueryString: 'x=1%202&x=y',
    cookies: ['c=1', 'd=2'],
    headers: { host: 'api.test', 'x-forwarded-proto': 'https', 'x-list': 'a,b' },
    requestContext: { http: { method: 'PUT', sourceIp: '192.0.2.1' } },
  },
  'API Gateway REST': {
    ...content,
    httpMethod: 'PUT',
    path: '/a%20b',
    headers: { Host: 'api.test', Cookie: 'c=1; d=2', 'X-List': 'b' },
    multiValueHeaders: { Host: ['api.test'], Cookie: ['c=1; d=2'], 'X-List': ['a', 'b'] },
    queryStringParameters: { x: 'y' },
    multiValueQueryStringParameters: { x: ['1 2', 'y'] },
    requestContext: { identity: { sourceIp: '192.0.2.1' } },
  },
  'ALB with multi-value headers': {
    ...content,
    httpMethod: 'PUT',
    path: '/a%20b',
    multiValueHeaders: {
      host: ['api.test'],
      cookie: ['c=1; d=2'],
      'x-list': ['a', 'b'],
      'x-forwarded-for': ['198.51.100.9, 192.0.2.1'],
    },
    multiValueQueryStringParameters: { x: ['1%202', 'y'] },
    requestContext: { elb: {} },
  },
  ALB: {
    ...content,
    httpMethod: 'PUT',
    path: '/a%20b',
    headers: {
      host: 'api.test',
      cookie: 'c=1; d=2',
      'x-list': 'b',
      'x-forwarded-for': '198.51.100.9, 192.0.2.1',
    },
    queryStringParameters: { x: 'y' },
    requestContext: { elb: {} },
  },
}

function handle(event: LambdaEvent, handler: Handler) {
  return createLambda(handler)(event)
}

const cookies: Handler = () =>
  new Response('text', {
    headers: [
      ['content-type', 'text/plain'],
      ['set-cookie', 'a=1; Path=/, x'],
      ['set-cookie', 'b=2'],
    ],
  })

describe.for(Object.entries(events))('an event of %s', ([name, event]) => {
  // ALB leaves out all but the last of repeated fields and parameters if it is set to single values.
  const single = name === 'ALB'

  test('becomes the request that it was', async () => {
    expect.assertions(7)
    await handle(event, async (request, { remoteAddress }) => {
      expect(request.method).toBe('PUT')
      expect(new URL(request.url).host).toBe('api.test')
      expect(new URL(request.url).pathname).toBe('/a%20b')
      const parameters = new URL(request.url).searchParams.getAll('x')
      expect(parameters).toEqual(single ? ['y'] : ['1 2', 'y'])
      expect(request.headers.get('cookie')).toBe('c=1; d=2')
      expect(remoteAddress).toBe('192.0.2.1')
      expect(Buffer.from(await request.arrayBuffer()).toString('base64')).toBe(body)
      return new Response()
    })
  })

  test('keeps repeated fields', async () => {
    expect.assertions(1)
    await handle(event, ({ headers }) => {
      expect(headers.get('x-list')?.split(/, ?/)).toEqual(single ? ['b'] : ['a', 'b'])
      return new Response()
    })
  })

  test('is answered with text as it is', async () => {
    const result = await handle(event, () => Response.json({ ü: 1 }, { status: 201 }))
    expect(result).toMatchObject({ statusCode: 201, body: '{"ü":1}', isBase64Encoded: false })
  })

  test('is answered with anything else in base64', async () => {
    const bytes = Buffer.from(body, 'base64')
    expect(await handle(event, () => new Response(bytes))).toMatchObject(content)
  })
})

describe('Set-Cookie twice', () => {
  test('is `cookies` in payload format 2.0', async () => {
    const result = await handle(events['API Gateway HTTP (payload format 2.0)'] ?? never(), cookies)
    expect(result.cookies).toEqual(['a=1; Path=/, x', 'b=2'])
    expect(result.headers).toEqual({ 'content-type': 'text/plain' })
    expect(result.multiValueHeaders).toBeUndefined()
  })

  test.for(['API Gateway REST', 'ALB with multi-value headers'])(
    'is one field with two values for %s, which takes no other key',
    async (name) => {
      const result = await handle(events[name] ?? never(), cookies)
      expect(result.multiValueHeaders).toEqual({
        'content-type': ['text/plain'],
        'set-cookie': ['a=1; Path=/, x', 'b=2'],
      })
      expect(Object.keys(result).sort()).toEqual([
        'body',
        'isBase64Encoded',
        'multiValueHeaders',
        'statusCode',
      ])
    },
  )

  test('is the last one for ALB with single values, which has no room for more', async () => {
    const result = await handle(events['ALB'] ?? never(), cookies)
    expect(result.headers).toEqual({ 'content-type': 'text/plain', 'set-cookie': 'b=2' })
    expect(result.multiValueHeaders).toBeUndefined()
  })
})

function never(): never {
  throw new Error('There is no such event.')
}
