import { DisplayString, parseItem } from 'structured-headers'
import { describe, expect, test } from 'vitest'
import { createHandler } from '../../src/handler/index.ts'
import type { Connection } from '../../src/handler/connection.ts'
import { ask } from './ask.ts'
import { testReplica } from './test-replica.ts'

describe('the Served-By field', () => {
  const responses: [string, RequestInit?][] = [
    ['/'],
    ['/livez'],
    ['/readyz'],
    ['/version'],
    ['/', { method: 'HEAD' }],
    ['/', { method: 'OPTIONS' }],
    ['/', { method: 'POST' }],
    ['/nope'],
  ]
  test.for(responses)('is on %s %o', async ([path, init]) => {
    const response = await ask(path, init)
    expect(response.headers.get('served-by')).toBe('"42bc3f9174d9";v="1.2.3";boot=b41c09d2;n=1')
  })

  test('counts responses, and says which request on which connection', async () => {
    const handler = createHandler(testReplica(), { onError: () => expect.unreachable() })
    const field = async (connection: Connection) =>
      (await handler(new Request('http://replica.test/'), connection)).headers.get('served-by')
    expect(await field({ ordinal: 17, request: 3 })).toBe(
      '"42bc3f9174d9";v="1.2.3";boot=b41c09d2;n=1;conn=17;req=3',
    )
    expect(await field({ ordinal: 17, request: 4 })).toBe(
      '"42bc3f9174d9";v="1.2.3";boot=b41c09d2;n=2;conn=17;req=4',
    )
    expect(await field({})).toBe('"42bc3f9174d9";v="1.2.3";boot=b41c09d2;n=3')
  })

  test('counts on beyond a thousand, and the request ids with it', async () => {
    const handler = createHandler(testReplica(), { onError: () => expect.unreachable() })
    for (let n = 1; n <= 2001; n += 1) {
      const { headers } = await handler(new Request('http://replica.test/'), {})
      expect(headers.get('served-by')).toBe(`"42bc3f9174d9";v="1.2.3";boot=b41c09d2;n=${n}`)
      expect(headers.get('x-request-id')).toBe(`b41c09d2-${n}`)
    }
  })

  const numbers = [9, 10, 999, 1000, 1001, 10_099, 1_000_000, 2_147_483_648, 9_007_199_254_740_991]
  test.for(numbers)('writes the number %d', async (number) => {
    const handler = createHandler(testReplica(), { onError: () => expect.unreachable() })
    const connection = { ordinal: number, request: number }
    const { headers } = await handler(new Request('http://replica.test/'), connection)
    expect(headers.get('served-by')).toMatch(RegExp(`;conn=${number};req=${number}$`))
  })

  test('says the commit of a build that is no release', async () => {
    const build = { version: '1.2.3', commit: '5f1c2a9d3b7e-dirty', release: false }
    const response = await ask('/', {}, { build })
    expect(response.headers.get('served-by')).toMatch(/;v="1\.2\.3\+5f1c2a9d3b7e-dirty";boot=/)
  })

  test.for(['eu-1a', 'zone "1"', 'Köln'])('says the zone %o', async (zone) => {
    const response = await ask('/', {}, { place: { zone } })
    const [, parameters] = parseItem(response.headers.get('served-by') ?? '')
    expect([...parameters.keys()]).toEqual(['v', 'zone', 'boot', 'n'])
    const said = parameters.get('zone')
    expect(said instanceof DisplayString ? said.toString() : said).toBe(zone)
  })

  test('says when the replica is draining', async () => {
    const response = await ask('/', {}, { state: 'draining' })
    expect(response.headers.get('served-by')).toBe(
      '"42bc3f9174d9";v="1.2.3";boot=b41c09d2;n=1;draining',
    )
  })

  test.for(['web "1"', 'back\\slash', 'überall', '東京'])(
    'is a valid structured field for the host name %o',
    async (hostname) => {
      const response = await ask('/livez', {}, { hostname })
      const [name, parameters] = parseItem(response.headers.get('served-by') ?? '')
      expect(name instanceof DisplayString ? name.toString() : name).toBe(hostname)
      expect(parameters.get('n')).toBe(1)
    },
  )
})

describe('the X-Request-Id field', () => {
  test('is that of the request', async () => {
    const response = await ask('/', { headers: { 'x-request-id': 'a1b2-c3d4' } })
    expect(response.headers.get('x-request-id')).toBe('a1b2-c3d4')
  })

  test('without one is made of the boot id and the number of the response', async () => {
    const response = await ask('/nope')
    expect(response.headers.get('x-request-id')).toBe('b41c09d2-1')
  })

  test.for(['', 'two words', 'x'.repeat(129), 'ümlaut'])('replaces the unfit %o', async (id) => {
    const response = await ask('/', { headers: { 'x-request-id': id } })
    expect(response.headers.get('x-request-id')).toBe('b41c09d2-1')
  })
})
