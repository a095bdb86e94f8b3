import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { Pool } from 'undici'

/** Sends one request of some kind. @throws Error if the answer is not the one that is due */
type Send = () => Promise<void>

/** A body: a string has a length, a stream is sent in chunks. */
type Sent = () => string | Readable

const body = 'x'.repeat(1000)

/** What clients send, well and badly behaved ones, a hundred requests long. */
export function createMix(
  url: URL,
  connections: number,
): { mix: Send[]; end: () => Promise<void> } {
  const pool = new Pool(url, { connections })

  const ask =
    (
      status: number,
      method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST',
      path: string,
      sent?: Sent,
    ): Send =>
    async () => {
      const answer = await pool.request({ method, path, body: sent?.() ?? null })
      await answer.body.dump()
      if (answer.statusCode !== status) {
        throw new Error(`${method} ${path} gave ${answer.statusCode} instead of ${status}`)
      }
    }

  /** On a connection of its own; closes it at the first sign of an answer, or at once. */
  const raw = (bytes: string, waits: boolean): Send => {
    return async () => {
      const socket = connect({ port: Number(url.port), host: url.hostname })
      socket.on('error', () => undefined)
      await once(socket, 'connect')
      socket.write(bytes)
      if (waits) await once(socket, 'data')
      socket.destroy()
    }
  }

  const kinds: [number, Send][] = [
    [50, ask(200, 'GET', '/')],
    [10, ask(200, 'HEAD', '/')],
    [10, ask(200, 'GET', '/version')],
    [5, ask(200, 'GET', '/readyz')],
    [5, ask(204, 'OPTIONS', '/')],
    [5, ask(404, 'GET', '/nowhere')],
    [5, ask(405, 'POST', '/', () => body)],
    [5, ask(405, 'POST', '/', () => Readable.from([body, body]))],
    [2, raw('GET / HTTP/1.1\r\nHost: soak\r\n\r\n', false)],
    [2, raw('POST / HTTP/1.1\r\nHost: soak\r\nContent-Length: 1000\r\n\r\nhalf', false)],
    [1, raw('no HTTP\r\n\r\n', true)],
  ]
  return {
    mix: kinds.flatMap(([share, send]) => Array<Send>(share).fill(send)),
    end: () => pool.close(),
  }
}
