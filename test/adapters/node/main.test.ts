import { once } from 'node:events'
import { createServer } from 'node:net'
import { hostname } from 'node:os'
import { describe, expect, onTestFinished, test } from 'vitest'
import { main, spawnServer, startServer } from './spawn-server.ts'

describe('serving', () => {
  test('answers with the name of this host and the time of this machine', async () => {
    const { url } = await startServer([main])
    const before = Date.now() / 1000
    const answer = await (await fetch(url)).text()
    const after = Date.now() / 1000 + 0.001
    const [, timestamp, name] = /^\{"timestamp":([\d.]+),"hostname":"(.+)"\}$/.exec(answer) ?? []
    expect(name).toBe(hostname())
    expect(Number(timestamp)).toBeGreaterThanOrEqual(before)
    expect(Number(timestamp)).toBeLessThanOrEqual(after)
  })

  test('answers with REPLICA_NAME in its place', async () => {
    const { url } = await startServer([main], { REPLICA_NAME: 'web-1' })
    const response = await fetch(url)
    expect(response.headers.get('served-by')).toMatch(
      /^"web-1";v="0\.0\.0\+source";boot=b[0-9a-f]{8};n=1;conn=1;req=1$/,
    )
    expect(await response.text()).toMatch(/"hostname":"web-1"\}$/)
  })

  test('says in its first log line what runs where', async () => {
    const { log, url } = await startServer([main], { REPLICA_NAME: 'web-1' })
    expect(log).toHaveLength(1)
    expect(log[0]).toMatchObject({
      level: 'info',
      msg: 'ready',
      hostname: 'web-1',
      version: '0.0.0',
      commit: 'source',
      runtime: `node/${process.versions.node}`,
      url,
    })
  })
})

describe('the start is refused with one sentence and exit code 2', () => {
  const refused: [string, Record<string, string>][] = [
    ['PORT', { PORT: 'abc' }],
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: 'tcp://10.0.0.1:80' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['DRAIN_DELAY', { DRAIN_DELAY: '-1' }],
  ]
  test.for(refused)('with a bad %s: %o', async ([name, env]) => {
    const { code, stdout, stderr } = await spawnServer([main], env).ended
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(new RegExp(`^${name} is "[^\\n]+; it must be [^\\n]+\\.\\n$`))
  })

  test('on a port in use, which it names', async () => {
    const other = createServer().listen(0)
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' ? `${address?.port}` : ''
    const { code, stderr } = await spawnServer([main], { PORT: port }).ended
    expect(code).toBe(2)
    expect(stderr).toBe(
      `Port ${port} is already in use; stop what listens there, or set PORT to another one.\n`,
    )
  })

  test('on a HOST that is not here', async () => {
    const { code, stderr } = await spawnServer([main], { HOST: '192.0.2.1', PORT: '8000' }).ended
    expect(code).toBe(2)
    expect(stderr).toBe(
      'Port 8000 cannot be had on this HOST, which is not an address of this machine.\n',
    )
  })

  test.for([['serve'], ['--verbose'], ['healthcheck', 'now']])(
    'with the command %s',
    async (args) => {
      const { code, stderr } = await spawnServer([main, ...args]).ended
      expect(code).toBe(2)
      expect(stderr).toBe(`There is no command "${args.join(' ')}"; --help lists the commands.\n`)
    },
  )
})

describe('commands', () => {
  test('--help names every command and every variable', async () => {
    const { code, stdout } = await spawnServer([main, '--help']).ended
    expect(code).toBe(0)
    for (const word of ['healthcheck', '--version', 'HOST', 'PORT', 'REPLICA_NAME', 'DRAIN_DELAY'])
      expect(stdout).toContain(word)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  test('healthcheck is 0 for a ready replica, 1 with the reason otherwise', async () => {
    const { url, child, ended } = await startServer([main], { DRAIN_DELAY: '30' })
    const { host, port } = new URL(url)
    const check = () => spawnServer([main, 'healthcheck'], { PORT: port }).ended
    expect(await check()).toEqual({ code: 0, stdout: '', stderr: '' })
    child.kill('SIGTERM')
    await expect.poll(async () => (await fetch(`${url}readyz`)).status).toBe(503)
    expect(await check()).toEqual({
      code: 1,
      stdout: '',
      stderr: `Not ready: ${host} answered 503.\n`,
    })
    child.kill('SIGTERM')
    await ended
    expect(await check()).toEqual({
      code: 1,
      stdout: '',
      stderr: `Not ready: ${host} does not answer.\n`,
    })
  })
})
