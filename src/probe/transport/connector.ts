import { Socket } from 'node:net'
import { buildConnector } from 'undici'

/** What any socket has read lies here until it is copied out, before another one reads. */
const buffer = Buffer.allocUnsafe(65_536)

/**
 * Makes undici's connector, for the plain TCP connections of one line, with a shorter way for what
 * they read: not through the queue of Node's stream, which takes a tenth of the time of a request.
 * It keeps to what undici does with a socket, that is to call `read()` on `readable` until there is
 * nothing more.
 */
export function createConnector(options: buildConnector.BuildOptions): buildConnector.connector {
  let socket: Socket | undefined
  let chunk: Buffer | null = null
  const connect = buildConnector({
    ...options,
    onread: {
      buffer,
      callback(bytes, filled) {
        chunk = Buffer.from(filled.subarray(0, bytes))
        socket?.emit('readable')
        return true
      },
    },
  })
  return (where, callback) => {
    connect(where, (...result) => {
      const [, opened] = result
      if (opened) {
        socket = opened
        opened.read = (size?: number): unknown => {
          // Its own queue holds only what undici has put back.
          if (size !== undefined || opened.readableLength > 0) {
            return Socket.prototype.read.call(opened, size)
          }
          const given = chunk
          chunk = null
          return given
        }
      }
      callback(...result)
    })
  }
}
