import { once } from 'node:events'
import { connect, type Socket, type SocketConstructorOpts } from 'node:net'
import { onTestFinished } from 'vitest'

/** A TCP client that sends bytes as they are and keeps what comes back, as Latin-1. */
export interface RawClient {
  readonly socket: Socket
  readonly send: (bytes: string) => void
  /** What has come so far. */
  readonly received: () => string
  /** Resolves as soon as what has come, from its beginning, matches; rejects if it ends before. */
  readonly receive: (pattern: RegExp) => Promise<string>
  /** Resolves with all that came when the server has closed the connection, or reset it. */
  readonly closed: Promise<string>
}

/** Connects to a server; the connection ends with the test at the latest. */
export async function connectTo(
  url: string,
  options: SocketConstructorOpts = {},
): Promise<RawClient> {
  const socket = connect({ ...options, port: Number(new URL(url).port), host: '127.0.0.1' })
  onTestFinished(() => void socket.destroy())
  socket.setEncoding('latin1')
  let received = ''
  socket.on('data', (chunk) => (received += String(chunk)))
  // A reset shows in what has come, or has not.
  socket.on('error', () => undefined)
  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => {
      resolve(received)
    })
  })
  await once(socket, 'connect')
  const ended = closed.then(() => true)

  const receive = async (pattern: RegExp) => {
    while (!pattern.test(received)) {
      const isOver = await Promise.race([once(socket, 'data').then(() => false), ended])
      if (isOver) throw new Error(`closed before ${String(pattern)} came: ${received}`)
    }
    return received
  }
  return {
    socket,
    send: (bytes) => socket.write(bytes, 'latin1'),
    received: () => received,
    receive,
    closed,
  }
}

/** The bytes of a request with a Host field; `more` are further field lines and the body. */
export function request(line: string, more = '\r\n'): string {
  return `${line} HTTP/1.1\r\nHost: test\r\n${more}`
}
