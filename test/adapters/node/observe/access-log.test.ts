import { describe, expect, test } from 'vitest'
import { connectTo, request } from '../raw-client.ts'
import { parseResponses } from '../response/responses.ts'
import { type LogLine, main, startServer } from '../spawn-server.ts'

const debug = { LOG_LEVEL: 'debug', DRAIN_DELAY: '0' }

/** Sends requests, the last of which closes the connection; gives the whole log afterwards. */
async function logOf(bytes: string, env: Record<string, string> = debug) {
  const { child, ended, log, url } = await startServer([main], env)
  const client = await connectTo(url)
  client.send(bytes)
  const answer = await client.closed
  child.kill('SIGTERM')
  const { stdout } = await ended
  return {
    lines: log.filter(({ msg }) => msg === 'request'),
    answer,
    answers: parseResponses(answer),
    stdout,
  }
}

function get(path: string, fields = ''): string {
  return request(`GET ${path}`, `${fields}\r\n`)
}
const last = get('/livez', 'Connection: close\r\n')

test('a line for each request says what became of it', async () => {
  const fields = [
    'X-Request-Id: mine-1',
    'Traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    'X-Forwarded-For: 203.0.113.7, 10.0.0.1',
    'Connection: close',
  ]
  const { lines, answer } = await logOf(get('/?q=1', `${fields.join('\r\n')}\r\n`))
  expect(lines).toHaveLength(1)
  const [line] = lines
  expect(line).toMatchObject({
    level: 'debug',
    method: 'GET',
    route: '/',
    status: 200,
    requestId: 'mine-1',
    traceId: '0af7651916cd43dd8448eb211c80319c',
    remoteAddress: '::ffff:127.0.0.1',
    forwarded: '203.0.113.7, 10.0.0.1',
    aborted: false,
  })
  expect(line?.['duration']).toBeGreaterThan(0)
  expect(line?.['bytes']).toBe(answer.length)
})

test('the bytes are those of each response, also after one that is left out', async () => {
  const { child, ended, log, url } = await startServer([main], debug)
  const client = await connectTo(url)
  const lengths = []
  for (const path of ['/', '/livez', '/version']) {
    const before = client.received().length
    client.send(get(path))
    await client.receive(new RegExp(`^[^]{${before}}[^]*\\}$`))
    lengths.push(client.received().length - before)
  }
  child.kill('SIGTERM')
  await ended
  const [root, , version] = lengths
  expect(log.flatMap(({ msg, bytes }) => (msg === 'request' ? [bytes] : []))).toEqual([
    root,
    version,
  ])
})

test('the Forwarded field stands before X-Forwarded-For', async () => {
  const fields = 'X-Forwarded-For: 203.0.113.7\r\nForwarded: for=198.51.100.1;proto=https\r\n'
  const { lines } = await logOf(get('/', fields) + last)
  expect(lines[0]).toMatchObject({ forwarded: 'for=198.51.100.1;proto=https' })
})

test('probes are left out, and everything is above level debug', async () => {
  const probes = get('/livez') + get('/readyz')
  expect((await logOf(probes + last)).lines).toEqual([])
  expect((await logOf(get('/') + last, { DRAIN_DELAY: '0' })).lines).toEqual([])
})

test('an error is logged too, and an unknown path as unknown', async () => {
  const { lines } = await logOf(
    get('/nowhere') + request('POST /version') + request('GET /', 'Host: 2\r\n\r\n'),
  )
  expect(lines).toMatchObject([
    { method: 'GET', route: 'unknown', status: 404 },
    { method: 'POST', route: '/version', status: 405 },
    { method: 'GET', route: '/', status: 400 },
  ])
})

describe('a request id', () => {
  test('is given to a request that has none, and in the response', async () => {
    const { lines, answers } = await logOf(get('/') + get('/') + last)
    const ids = answers.slice(0, 2).map(({ fields }) => Object.fromEntries(fields)['x-request-id'])
    expect(new Set(ids).size).toBe(2)
    expect(lines.map(({ requestId }: LogLine) => requestId)).toEqual(ids)
  })

  test.for(['a b', 'é', 'x'.repeat(129), ''])('is not taken over from %o', async (id) => {
    const { lines, answers } = await logOf(get('/', `X-Request-Id: ${id}\r\n`) + last)
    const own = /^b[0-9a-f]{8}-1$/
    expect(lines[0]?.['requestId']).toMatch(own)
    expect(Object.fromEntries(answers[0]?.fields ?? [])['x-request-id']).toMatch(own)
  })
})

describe('nobody can forge a line', () => {
  const forged = '"}\\n{"level":"fatal","msg":"forged"}'
  const fields = ['X-Request-Id', 'Forwarded', 'X-Forwarded-For', 'Traceparent', 'User-Agent']

  test.for(fields)('with %s', async (field) => {
    const { stdout } = await logOf(get('/', `${field}: ${forged}\r\n`) + last)
    const lines = stdout.trimEnd().split('\n')
    expect(lines.map((line) => msgOf(line))).toEqual(['ready', 'request', 'draining', 'drained'])
  })

  test('with the target', async () => {
    const { stdout } = await logOf(get(`/${forged}`) + get('/%0a%0d') + last)
    expect(stdout).not.toContain('forged')
  })

  test('nor move the cursor of the terminal that shows it', async () => {
    // C1 control characters, which are bytes of a field's value like others: NEL and CSI.
    const { lines, stdout } = await logOf(get('/', 'Forwarded: a\x85\x9b2Jb\r\n') + last)
    expect(stdout).toMatch(/^[\x20-\x7e\n]*$/)
    expect(lines).toMatchObject([{ route: '/', status: 200 }])
  })

  function msgOf(line: string): unknown {
    const parsed: unknown = JSON.parse(line)
    return typeof parsed === 'object' && parsed && 'msg' in parsed ? parsed.msg : undefined
  }
})
