import { describe, expect, test } from 'vitest'
import type { LambdaEvent } from '../../../src/adapters/lambda/event.ts'
import { createLambda } from '../../../src/adapters/lambda/lambda.ts'

/** An event of an HTTP API; `domainName` of a function URL makes it one of that. */
function http(more: object = {}, context: object = {}): LambdaEvent {
  return {
    version: '2.0',
    rawPath: '/',
    rawQueryString: '',
    headers: { host: 'api.test' },
    requestContext: { http: { method: 'GET', sourceIp: '192.0.2.1' }, ...context },
    isBase64Encoded: false,
    ...more,
  }
}

function rest(more: object = {}, context: object = {}): LambdaEvent {
  return { httpMethod: 'GET', path: '/', requestContext: context, ...more }
}

const functionUrl = { domainName: 'abc.lambda-url.eu-west-1.on.aws' }
const url = createLambda((request) => new Response(request.url))
const cookie = createLambda((request) => new Response(request.headers.get('cookie')))

describe('an event that makes no valid request is 400', () => {
  const bad: Record<string, LambdaEvent> = {
    'a scheme that is none': http({ headers: { host: 'a', 'x-forwarded-proto': ';sleep 5;' } }),
    'a list of schemes': http({ headers: { host: 'a', 'x-forwarded-proto': 'https,http' } }),
    'another scheme': http({ headers: { host: 'a', 'x-forwarded-proto': 'ftp' } }),
    'a Host with a space': http({ headers: { host: 'a b' } }),
    'a Host with a path': http({ headers: { host: 'a/b' } }),
    'a Host with user information': http({ headers: { host: 'a@b' } }),
    'a port that is none': http({ headers: { host: 'a:b' } }),
    'an empty Host': http({ headers: { host: '' } }),
    'a value outside Latin-1': http({ headers: { host: 'a', 'cf-ipcity': 'Łódź' } }),
    'a line break in a value': http({ headers: { host: 'a', 'x-a': 'a\r\nb' } }),
    'a name that is none': http({ headers: { host: 'a', 'x a': '1' } }),
    'a method that Fetch refuses': http({}, { http: { method: 'TRACE' } }),
    'a REST API, a value outside Latin-1': rest({ multiValueHeaders: { 'x-a': ['Ł'] } }),
    'ALB, a list of schemes': rest(
      { headers: { host: 'a', 'x-forwarded-proto': 'http, https' } },
      { elb: {} },
    ),
  }
  test.for(Object.entries(bad))('%s', async ([, event]) => {
    const { statusCode, body } = await url(event)
    expect([statusCode, JSON.parse(body ?? '')]).toMatchObject([400, { title: 'Bad Request' }])
  })
})

describe('the path', () => {
  test.for([
    ['/a#b', '/a%23b'],
    ['/a?b', '/a%3Fb'],
    ['/100%', '/100%25'],
    ['/%zz', '/%25zz'],
    ['/a%20b', '/a%20b'],
    ['/a b', '/a%20b'],
    ['/é', '/%C3%A9'],
    ['/a\\b', '/a%5Cb'],
    ['/a\tb\n', '/a%09b%0A'],
    ['/a ', '/a%20'],
    ['/\ud800', '/%EF%BF%BD'],
    ["/a;b=1,c:d@e!$&'()*+[]", "/a;b=1,c:d@e!$&'()*+[]"],
    ['//a/', '//a/'],
  ])('%j of an HTTP API, which decodes it, is %s', async ([rawPath, path]) => {
    const { body } = await url(http({ rawPath, rawQueryString: 'q=%23' }))
    expect(body).toBe(`https://api.test${path}?q=%23`)
  })

  test.for([
    ['/100%', '/100%'],
    ['/a%23b', '/a%23b'],
  ])('%j of a function URL, which does not, is %s', async ([rawPath, path]) => {
    expect((await url(http({ rawPath }, functionUrl))).body).toBe(`https://api.test${path}`)
  })

  test('of payload format 1.0 of an HTTP API is decoded, too', async () => {
    expect((await url(rest({ version: '1.0', path: '/1%' }))).body).toBe('https://lambda/1%25')
  })
})

describe('what is empty hides nothing', () => {
  test('cookies', async () => {
    const event = http({ cookies: [], headers: { host: 'a', cookie: 'c=1' } })
    expect((await cookie(event)).body).toBe('c=1')
  })

  test('multi-value maps', async () => {
    const event = rest({
      headers: { host: 'single.test' },
      multiValueHeaders: {},
      queryStringParameters: { a: '1' },
      multiValueQueryStringParameters: {},
    })
    expect((await url(event)).multiValueHeaders).toBeDefined()
    expect((await url(event)).body).toBe('https://single.test/?a=1')
  })

  test('maps that are not there', async () => {
    expect((await url(http({ headers: undefined }))).statusCode).toBe(200)
    expect((await url(rest({ headers: null, multiValueHeaders: null }))).statusCode).toBe(200)
  })
})

test('without a Host the domain name of the event serves', async () => {
  expect((await url(http({ headers: {} }, functionUrl))).body).toBe(
    'https://abc.lambda-url.eu-west-1.on.aws/',
  )
  expect((await url(rest({}, { domainName: 'rest.test' }))).body).toBe('https://rest.test/')
})

describe('an event that is no HTTP request is refused in one sentence', () => {
  test.for<[event: unknown, what: string]>([
    [{ Records: [{ s3: {} }] }, 'it has the keys Records'],
    [{ source: 'aws.events', 'detail-type': 'x' }, 'it has the keys source, detail-type'],
    [{}, 'it has no keys'],
    [null, 'it has no keys'],
    ['text', 'it has no keys'],
    [{ requestContext: { connectionId: 'x' } }, 'it has the keys requestContext'],
  ])('%j', async ([event, what]) => {
    // @ts-expect-error -- anybody may invoke a function with anything
    const result = url(event)
    await expect(result).rejects.toThrow(`This event is not an HTTP request: ${what}. Invoke`)
  })
})
