import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { now } from '../../src/probe/clock.ts'
import { outcomeOf } from '../../src/probe/failure.ts'
import { createAddresses } from '../../src/probe/transport/addresses.ts'
import type { Exchange } from '../../src/probe/transport/exchange.ts'
import type { Target } from '../../src/probe/transport/target.ts'
import { type ConnectionPolicy, createTransport } from '../../src/probe/transport/transport.ts'
import { closedUrl, startHttp, startTcp, targetOf } from './targets.ts'

/** Sends requests one after the other. @returns what came of them */
async function send(
  target: Target,
  connections: ConnectionPolicy,
  requests: number,
): Promise<Exchange[]> {
  const exchanges: Exchange[] = []
  let next: (() => void) | undefined
  const transport = createTransport(
    target,
    connections,
    createAddresses(target.addresses),
    (exchange) => {
      exchanges.push(exchange)
      next?.()
    },
  )
  onTestFinished(() => {
    transport.close()
  })
  for (let sent = 0; sent < requests; sent += 1) {
    await new Promise<void>((resolve) => {
      next = resolve
      transport.send(now(), now(), now())
    })
  }
  return exchanges
}

const outcomes = (exchanges: Exchange[]) =>
  exchanges.map(({ answer, error }) => (error ? outcomeOf(error) : answer?.status))

test('a kept connection carries every request', async () => {
  const url = await startHttp((_request, response) => response.end('hello'))
  const exchanges = await send(targetOf(url), 'reuse', 5)
  expect(exchanges.map(({ connection }) => connection)).toEqual([1, 1, 1, 1, 1])
  expect(exchanges.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4])
  expect(exchanges[0]?.answer?.body.toString()).toBe('hello')
})

test('it also carries every HEAD request', async () => {
  const url = await startHttp((_request, response) => response.end())
  const exchanges = await send(targetOf(url, { method: 'HEAD' }), 'reuse', 3)
  expect(exchanges.map(({ connection }) => connection)).toEqual([1, 1, 1])
})

test('a new connection carries one request and says so', async () => {
  const said: (string | undefined)[] = []
  const url = await startHttp(({ headers }, response) => {
    said.push(headers.connection)
    response.end()
  })
  const exchanges = await send(targetOf(url), 'new', 3)
  expect(exchanges.map(({ connection }) => connection)).toEqual([1, 2, 3])
  expect(said).toEqual(['close', 'close', 'close'])
})

test('kept and new connections are used alike, one of either in each pair', async () => {
  const url = await startHttp((_request, response) => response.end())
  const exchanges = await send(targetOf(url), 'both', 6)
  expect(exchanges.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5])
  for (const pair of [0, 2, 4]) {
    const modes = exchanges.slice(pair, pair + 2).map(({ mode }) => mode)
    expect(modes.toSorted()).toEqual(['new', 'reuse'])
  }
  const kept = exchanges.filter(({ mode }) => mode === 'reuse')
  expect(new Set(kept.map(({ connection }) => connection)).size).toBe(1)
})

test('a connection that the server closes is replaced without a failure', async () => {
  const url = await startHttp((_request, response) => {
    response.setHeader('Connection', 'close').end()
  })
  const exchanges = await send(targetOf(url), 'reuse', 3)
  expect(outcomes(exchanges)).toEqual([200, 200, 200])
  expect(exchanges.map(({ connection }) => connection)).toEqual([1, 2, 3])
})

test('times are in the order in which things happen', async () => {
  const url = await startHttp((_request, response) => response.end())
  for (const exchange of await send(targetOf(url), 'new', 3)) {
    const { due, sent, written = NaN, done } = exchange
    expect([due, sent, written, done]).toEqual([due, sent, written, done].sort((a, b) => a - b))
  }
})

test('what is asked is what was wished for', async () => {
  const seen: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = []
  const url = await startHttp(({ method, url: path, headers }, response) => {
    seen.push({ method, url: path, headers })
    response.end()
  })
  const headers = ['Host', 'app.example', 'X-Color', 'blue']
  await send(targetOf(new URL('/a/b?c=d', url), { method: 'DELETE', headers }), 'reuse', 1)
  expect(seen).toMatchObject([
    { method: 'DELETE', url: '/a/b?c=d', headers: { host: 'app.example', 'x-color': 'blue' } },
  ])
})

/** What a server is asked for. @returns all requests, with their bodies */
async function asked(special: Partial<Target>, requests: number) {
  const seen: { path: string | undefined; headers: IncomingMessage['headers']; body: string }[] = []
  const url = await startHttp((request, response) => {
    void text(request).then((body) => {
      seen.push({ path: request.url, headers: request.headers, body })
      response.end()
    })
  })
  const exchanges = await send(targetOf(url, special), 'reuse', requests)
  return { seen, exchanges }
}

test('the number of the request is in path, query and fields', async () => {
  const special = { paths: ['/{n}/a?b={n}'], headers: ['X-Key', 'key-{n}', 'X-Color', 'blue'] }
  const { seen, exchanges } = await asked(special, 3)
  expect(seen.map(({ path }) => path)).toEqual(['/1/a?b=1', '/2/a?b=2', '/3/a?b=3'])
  expect(seen.map(({ headers }) => headers['x-key'])).toEqual(['key-1', 'key-2', 'key-3'])
  expect(seen[1]?.headers['x-color']).toBe('blue')
  expect(exchanges.map(({ key }) => key)).toEqual(['own', 'own', 'own'])
})

test('of several paths each is asked for, in no order, and known by its number', async () => {
  const paths = ['/a', '/b', '/c']
  const { seen, exchanges } = await asked({ paths }, 300)
  const numbers = seen.map(({ path = '' }) => paths.indexOf(path))
  expect(exchanges.map(({ key }) => key)).toEqual(numbers)
  // Each pair of paths, one after the other, would be 0 or 100 times in turn.
  const pairs = numbers.map((number, index) => 3 * number + (numbers[index + 1] ?? 0))
  expect(new Set(pairs).size).toBe(9)
})

test('a body is whole in each request, with its length in bytes', async () => {
  const { seen } = await asked({ method: 'POST', body: Buffer.from('{"name":"hé"}') }, 3)
  for (const { headers, body } of seen) {
    expect(body).toBe('{"name":"hé"}')
    expect(headers['content-length']).toBe('14')
    expect(headers['transfer-encoding']).toBeUndefined()
  }
  expect(seen.length).toBe(3)
})

test.for(['GET', 'DELETE', 'PUT', 'QUERY'])('%s may have one, too', async (method) => {
  const { seen, exchanges } = await asked({ method, body: Buffer.from('x'.repeat(100_000)) }, 2)
  expect(seen.map(({ body }) => body.length)).toEqual([100_000, 100_000])
  expect(outcomes(exchanges)).toEqual([200, 200])
})

test('a name can be given an address', async () => {
  const url = await startHttp((_request, response) => response.end())
  const target = targetOf(new URL(`http://nowhere.invalid:${url.port}/`), {
    addresses: ['127.0.0.1'],
  })
  expect(outcomes(await send(target, 'new', 2))).toEqual([200, 200])
})

test('a refused connection, and the next request after it', async () => {
  expect(outcomes(await send(targetOf(await closedUrl()), 'reuse', 3))).toEqual([
    'refused',
    'refused',
    'refused',
  ])
})

test('a name that does not exist', async () => {
  const exchanges = await send(targetOf(new URL('http://nowhere.invalid/')), 'reuse', 1)
  expect(outcomes(exchanges)).toEqual(['other'])
  expect(exchanges[0]?.connection).toBeUndefined()
})

test.for([
  ['before the answer', ''],
  ['within the head', 'HTTP/1.1 200 OK\r\nContent-'],
  ['within the body', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'],
])('a connection that breaks %s', async ([, bytes = '']) => {
  const url = await startTcp((socket) => {
    socket.once('data', () => {
      socket.write(bytes, () => {
        socket.resetAndDestroy()
      })
    })
  })
  expect(outcomes(await send(targetOf(url), 'reuse', 2))).toEqual(['reset', 'reset'])
})

test('an answer that is no HTTP', async () => {
  const url = await startTcp((socket) => {
    socket.once('data', () => socket.end('hello\r\n\r\n'))
  })
  expect(outcomes(await send(targetOf(url), 'reuse', 1))).toEqual(['other'])
})

test.for([
  ['never begins', ''],
  ['never ends', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'],
])(
  'an answer that %s is given up, and the next request is sent all the same',
  async ([, bytes]) => {
    const url = await startTcp((socket) => {
      socket.once('data', () => socket.write(bytes ?? ''))
    })
    const exchanges = await send(targetOf(url, { timeout: 50 }), 'reuse', 2)
    expect(outcomes(exchanges)).toEqual(['timeout', 'timeout'])
    expect(exchanges.map(({ connection }) => connection)).toEqual([1, 2])
  },
)

test('a request that is overdue when its turn comes has failed without being sent', async () => {
  let asked = 0
  const url = await startHttp((_request, response) => {
    asked += 1
    response.end()
  })
  const exchanges: Exchange[] = []
  const transport = createTransport(
    targetOf(url, { timeout: 100 }),
    'reuse',
    createAddresses(),
    (exchange) => {
      exchanges.push(exchange)
    },
  )
  transport.send(now() - 200, now() - 200, now())
  transport.close()
  expect(outcomes(exchanges)).toEqual(['timeout'])
  expect(asked).toBe(0)
})

test('what is in flight when the transport closes is not told', async () => {
  const url = await startTcp((socket) => socket.resume())
  const exchanges: Exchange[] = []
  const transport = createTransport(targetOf(url), 'reuse', createAddresses(), (exchange) => {
    exchanges.push(exchange)
  })
  transport.send(now(), now(), now())
  transport.close()
  await new Promise(setImmediate)
  expect(exchanges).toEqual([])
})
