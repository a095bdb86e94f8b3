import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** Milliseconds for which what a refused client still sends is read, and thrown away. */
const linger = 1000

// To close a socket with unread data makes the kernel reset it, and the client may lose the answer:
// so read on for a moment (RFC 9112 §9.6).

/** Ends a response, which is written but for its end, with its request or a moment later. */
export function endLingering(response: ServerResponse): void {
  const { req: request } = response
  // Node says nothing of the end of one that has no content (`optimizeEmptyRequests`).
  if (request.readableEnded) {
    response.end()
    return
  }
  const timer = setTimeout(end, linger)
  function end() {
    clearTimeout(timer)
    response.end()
  }
  request.once('close', end).once('end', end).resume()
}

/** Ends our side of a socket with these last bytes; all of it as soon as its client has, or soon. */
export function endSocketLingering(socket: Duplex, bytes: string): void {
  socket.end(bytes)
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), linger)
  socket.once('close', () => {
    clearTimeout(timer)
  })
}
