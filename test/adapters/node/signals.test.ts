import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { main, startServer } from './spawn-server.ts'

async function open(url: string): Promise<Socket> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' })
  onTestFinished(() => void socket.destroy())
  socket.setEncoding('latin1')
  await once(socket, 'connect')
  return socket
}

/** Sends `GET /` on an open connection and gives the head of the answer. */
async function request(socket: Socket): Promise<string> {
  socket.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n')
  const data: unknown[] = await once(socket, 'data')
  return String(data[0])
}

describe.for(['SIGTERM', 'SIGINT'] as const)('on %s', (signal) => {
  test('it goes on serving for the delay, saying so, then exits with 0', async () => {
    const { child, ended, log, logged, url } = await startServer([main], { DRAIN_DELAY: '1' })
    const kept = await open(url)
    expect(await request(kept)).toMatch(/\r\nConnection: keep-alive\r\n/i)
    child.kill(signal)
    await logged('draining')

    expect((await fetch(`${url}livez`)).status).toBe(200)
    expect((await fetch(`${url}readyz`)).status).toBe(503)
    const onNew = await fetch(url)
    expect(onNew.status).toBe(200)
    expect(onNew.headers.get('connection')).toBe('close')
    expect(onNew.headers.get('served-by')).toMatch(/;draining$/)
    const onKept = await request(kept)
    expect(onKept).toMatch(/^HTTP\/1.1 200 OK\r\n/)
    expect(onKept).toMatch(/\r\nconnection: close\r\n/i)

    const { code, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(log.at(-1)).toMatchObject({ msg: 'drained', requests: 4, cut: 0 })
  })
})

test('connections that are idle, or never sent a byte, do not hold the exit up', async () => {
  const env = { DRAIN_DELAY: '0', DRAIN_TIMEOUT: '3600' }
  const { child, ended, url } = await startServer([main], env)
  const silent = await open(url)
  const idle = await open(url)
  await request(idle)
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
  expect(silent.destroyed || silent.readableEnded || (await once(silent, 'close'))).toBeTruthy()
})

test('a second signal ends it at once with exit code 1', async () => {
  const { child, ended, logged } = await startServer([main], { DRAIN_DELAY: '3600' })
  child.kill('SIGTERM')
  await logged('draining')
  child.kill('SIGTERM')
  expect((await ended).code).toBe(1)
})
