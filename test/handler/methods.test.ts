import { describe, expect, test } from 'vitest'
import { ask } from './ask.ts'

const paths = ['/', '/livez', '/readyz', '/version']

describe.for(paths)('%s', (path) => {
  test('HEAD equals GET without the body, length included', async () => {
    const [get, head] = [await ask(path), await ask(path, { method: 'HEAD' })]
    expect(head.status).toBe(get.status)
    expect([...head.headers]).toEqual([...get.headers])
    expect(head.headers.get('content-length')).toMatch(/^[1-9]/)
    expect(await head.text()).toBe('')
  })

  test('OPTIONS is 204 with Allow and no content', async () => {
    const response = await ask(path, { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    // RFC 9110 §8.6: no Content-Length with a 204.
    expect(response.headers.get('content-length')).toBeNull()
    expect(response.body).toBeNull()
  })

  test.for(['POST', 'PUT', 'DELETE', 'PATCH', 'BREW'])('%s is 405 with Allow', async (method) => {
    const response = await ask(path, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Method Not Allowed',
      status: 405,
      detail: 'This path does not take that method. It takes: GET, HEAD, OPTIONS',
    })
  })
})

test('OPTIONS * asks about the service as a whole', async () => {
  const response = await ask('/*', { method: 'OPTIONS' })
  expect(response.status).toBe(204)
  expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
})

const detail: unknown = expect.stringMatching(
  /^There is nothing at this path\. Try one of: \/, \/livez, \/readyz, /,
)

describe('an unknown path', () => {
  const unknown = [
    '/nope',
    '/livez/',
    '/LIVEZ',
    '//',
    '/%6Civez',
    '/*',
    '/constructor',
    '/__proto__',
  ]

  test.for(unknown)('%s is 404 as problem details', async (path) => {
    const response = await ask(path)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail,
    })
  })

  test('is 404 for every method, OPTIONS included', async () => {
    for (const method of ['HEAD', 'POST', 'OPTIONS'])
      expect((await ask('/nope', { method })).status).toBe(404)
  })
})
