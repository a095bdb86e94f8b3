import { readFile } from 'node:fs/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createProgram, type ProbeOptions } from '../../src/probe/options/command.ts'
import { toPlan } from '../../src/probe/plan.ts'

/** What a command line comes to. */
async function read(...args: string[]): Promise<{ urls: URL[]; options: ProbeOptions }> {
  const { promise, resolve } = Promise.withResolvers<{ urls: URL[]; options: ProbeOptions }>()
  const program = createProgram(
    {
      probe: (urls, options) => {
        resolve({ urls, options })
        return Promise.resolve()
      },
      merge: () => Promise.resolve(),
      watch: () => Promise.resolve(),
      rollout: () => Promise.resolve(),
      compare: () => Promise.resolve(),
    },
    'test',
  )
  await program.configureOutput({ writeErr: () => undefined }).parseAsync(args, { from: 'user' })
  return promise
}

async function plan(...args: string[]) {
  const { urls, options } = await read(...args)
  return toPlan(urls, options)
}

test('a URL alone is 1000 requests, ten at a time, over kept connections', async () => {
  expect(await plan('localhost:8000')).toMatchObject({
    target: { url: new URL('http://localhost:8000/'), method: 'GET', headers: [], timeout: 5000 },
    connections: 'reuse',
    rate: undefined,
    amount: { requests: 1000, duration: Infinity, concurrency: 10 },
    replicaBy: { text: 'auto' },
  })
})

test('a duration has no number of requests, and a rate many at a time', async () => {
  expect(await plan('localhost', '--duration', '2m', '--rate', '0.5')).toMatchObject({
    rate: 0.5,
    amount: { requests: Infinity, duration: 120_000, concurrency: 500 },
  })
})

test('what the request is', async () => {
  const args = ['-X', 'head', '-H', 'A: b', '-H', 'C:d', '--host', 'app', '-k', '--timeout', '2s']
  const resolve = ['--resolve', 'app:443:10.0.0.1,10.0.0.2', '--resolve', 'app:443:[::1]']
  const { target } = await plan('https://app/', ...args, ...resolve)
  expect(target).toMatchObject({
    method: 'HEAD',
    headers: ['Host', 'app', 'A', 'b', 'C', 'd'],
    addresses: ['10.0.0.1', '10.0.0.2', '::1'],
    insecure: true,
    timeout: 2000,
  })
})

test('several paths of one target, and the number of the request', async () => {
  const args = ['http://app/a', 'app/b?c={n}', 'app/{n}/d', '-H', 'X-Key: k{n}']
  const { target } = await plan(...args)
  expect(target).toMatchObject({
    paths: ['/a', '/b?c={n}', '/{n}/d'],
    headers: ['X-Key', 'k{n}'],
  })
})

test('a body makes it a POST, unless a method is given', async () => {
  const { target } = await plan('app', '--body', 'hé')
  expect(target).toMatchObject({ method: 'POST', body: Buffer.from('hé') })
  expect((await plan('app', '--body', 'x', '-X', 'put')).target.method).toBe('PUT')
  const file = await plan('app', '--body-file', import.meta.filename)
  expect(file.target.body).toEqual(await readFile(import.meta.filename))
  expect((await plan('app')).target).toMatchObject({ method: 'GET', body: undefined })
})

test('a URL needs no scheme, whatever its query holds', async () => {
  const { target } = await plan('localhost/?next=http://other.example/')
  expect(target.url.href).toBe('http://localhost/?next=http://other.example/')
})

test.for([
  [['http://app', '--resolve', 'app:443:10.0.0.1'], /not about the target, which is app:80/],
  [['app', '--host', 'a', '-H', 'host: b'], /one Host/],
  [['https://app', '--cacert', '/no/such/file'], /--cacert .+ cannot be read: ENOENT/],
  [['http://app/a', 'https://app/b'], /two targets: probe each by itself/],
  [['app', 'app:8080'], /two targets/],
  [['app', '--body', 'a', '--body-file', 'b'], /one body/],
  [['app', '--body-file', '/no/such/file'], /--body-file .+ cannot be sent: ENOENT/],
  [['app', '--body-file', '/dev/zero'], /no regular file/],
  [['https://app', '--cacert', import.meta.filename], /no certificate/],
] as const)('what does not go together: %j', async ([args, message]) => {
  await expect(plan(...args)).rejects.toThrow(message)
})

test('expectations', async () => {
  const spread = ['--expect', 'even', '--expect', 'round-robin', '--expect-replicas', '3']
  const limits = ['--max-failures', '1%', '--max-skew', '50ms', '--max-p99', '0.5s']
  const { options } = await read('localhost', ...spread, ...limits, '--max-outage', '0s')
  expect(options).toMatchObject({
    expect: ['even', 'round-robin'],
    expectReplicas: 3,
    maxFailures: { share: 0.01 },
    maxSkew: { milliseconds: 50 },
    maxP99: 500,
    maxOutage: 0,
  })
})

test('weights are by name, and a zone is that of the option, or of the environment', async () => {
  const { options } = await read(
    ...['localhost', '--expect', 'weights=v1:90,0.2.0:8.5, [::1]:8000:1.5'],
    ...['--expect', 'even', '--expect', 'same-zone=95%'],
  )
  expect(options.expect).toEqual([
    {
      weights: new Map([
        ['v1', 90],
        ['0.2.0', 8.5],
        ['[::1]:8000', 1.5],
      ]),
    },
    'even',
    { sameZone: 0.95 },
  ])
  expect((await plan('localhost')).zone).toBeUndefined()
  vi.stubEnv('ZONE', 'eu-1a')
  onTestFinished(() => void vi.unstubAllEnvs())
  expect((await plan('localhost')).zone).toBe('eu-1a')
  expect((await plan('localhost', '--zone', 'eu-1b')).zone).toBe('eu-1b')
  // Kubernetes gives an empty one where a node has none.
  vi.stubEnv('ZONE', '')
  expect((await plan('localhost')).zone).toBeUndefined()
})

describe('refused, with what would be right:', () => {
  test.for<[string[], RegExp]>([
    [[], /missing required argument 'url'/],
    [['ftp://x'], /http or https URL/],
    [['http://user:secret@x'], /Authorization/],
    [['x', '--requests', '0'], /whole number from 1/],
    [['x', '--requests', '1e3'], /whole number from 1/],
    [['x', '--duration', '10'], /500ms, 10s, 2m, 1h/],
    [['x', '--duration', '0s'], /more than 0/],
    [['x', '--rate', 'fast'], /requests per second/],
    [['x', '--connections', 'old'], /reuse, new, both/],
    [['x', '-X', 'GE T'], /GET, HEAD or POST/],
    [['x', '-H', 'no colon'], /"Name: value"/],
    [['x', '-H', 'A: b\nC: d'], /"Name: value"/],
    [['unix:/run/x.sock'], /Unix socket/],
    [['http://unix:/run/x.sock:/'], /Unix socket/],
    [['x:0'], /port 0/],
    [['http://{n}.x/'], /the path or the query/],
    ...['Expect: 100-continue', 'Transfer-Encoding: chunked', 'Upgrade: websocket'].map(
      (field): [string[], RegExp] => [['x', '-H', field], /cannot be sent/],
    ),
    ...['Keep-Alive: timeout=5', 'Connection: x', 'Content-Length: 5'].map(
      (field): [string[], RegExp] => [['x', '-H', field], /cannot be sent/],
    ),
    [['x', '-H', 'A: \u0007'], /characters that a header may have/],
    [['x', '-H', 'Host: a', '-H', 'host: b'], /one Host/],
    [['x', '--host', 'a/b'], /name or an address/],
    [['x', '--resolve', 'app:80:10.0.0.1,b'], /host:port:address/],
    [['x', '--replica-by', 'regex:/a/g'], /flags g and y/],
    [['x', '--replica-by', 'regex:/a/I'], /flags/],
    [['x', '--resolve', 'app:10.0.0.1'], /host:port:address/],
    [['x', '--replica-by', 'pod'], /header:NAME/],
    [['x', '--expect', 'fair'], /even, round-robin, sticky, random/],
    [['x', '--expect', 'weights=v1'], /weights=v1:90,v2:10/],
    [['x', '--expect', 'weights=v1:0,v2:0'], /not all 0/],
    [['x', '--expect', 'weights=v1:1,v1:2'], /one weight/],
    [['x', '--expect', 'weights=v1:-1'], /weights=v1:90,v2:10/],
    [['x', '--expect', 'same-zone=few'], /same-zone=95%/],
    [['x', '--expect', 'same-zone=101%'], /same-zone=95%/],
    [['x', '--success', 'ok'], /2xx, 404, 200-299/],
    [['x', '--success', '299-200'], /2xx, 404, 200-299/],
    [['x', '--cookies', '0'], /whole number from 1/],
    [['x', '--cookies', '10001'], /from 1 to 10 000/],
    [['x', '--max-failures', 'few'], /whole number or a percentage/],
    [['x', '--max-skew', '5'], /percentage \(shares\) or a time \(clocks\)/],
    [['x', '--colour'], /unknown option/],
  ])('%j', async ([args, message]) => {
    await expect(read(...args)).rejects.toThrow(message)
  })
})
