import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds after which a case gives up; ample, so that it never decides a case that passes. */
export const patience = 5000

/** A connection on which everything is seen as it is, one character a byte. */
export interface Wire {
  readonly socket: Socket
  send(text: string): void
  /** Resolves with all that has come as soon as that matches; throws if it never does. */
  until(pattern: RegExp): Promise<string>
  /** Resolves with all that has come when the server has ended the connection; throws if not. */
  ended(): Promise<string>
}

/** Opens a connection to a server. */
export async function open(url: string): Promise<Wire> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname).setNoDelay().setEncoding('latin1')
  let received = ''
  socket.on('data', (text: string) => (received += text))
  // A server that resets the connection has ended it, too.
  socket.on('error', () => undefined)
  const closed = new Promise<true>((resolve) => {
    socket.once('close', () => {
      resolve(true)
    })
  })
  await once(socket, 'connect')

  return {
    socket,
    send(text) {
      socket.write(text, 'latin1')
    },
    async until(pattern) {
      const signal = AbortSignal.timeout(patience)
      while (!pattern.test(received)) {
        if (socket.closed) throw new Error(`The connection ended after: ${received}`)
        await Promise.race([once(socket, 'data', { signal }), closed]).catch(() => {
          throw new Error(`Nothing matches ${String(pattern)} in: ${received}`)
        })
      }
      return received
    },
    async ended() {
      const ended = await Promise.race([closed, sleep(patience, false, { ref: false })])
      socket.destroy()
      if (!ended) throw new Error(`The server keeps the connection open after: ${received}`)
      return received
    },
  }
}

/**
 * Sends bytes as they are and gives back what comes until the server ends the connection.
 * @param parts written one after the other, each in a segment of its own
 */
export async function exchange(url: string, ...parts: string[]): Promise<string> {
  const wire = await open(url)
  for (const part of parts) {
    wire.send(part)
    if (parts.length > 1) await sleep(5)
  }
  return wire.ended()
}
