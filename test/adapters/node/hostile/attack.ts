import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { Attack } from './requests.ts'

/** Milliseconds without an answer after which a client that leaves does so. */
const patience = 20
/** Milliseconds after which a connection that is still open counts as hanging. */
const hang = 15_000

/**
 * Sends bytes on a connection of their own.
 * @param leaves whether the client ends its side, or leaves it to the server to close
 * @returns all that came back, as Latin-1
 * @throws Error if the server resets the connection, or does not close it
 */
export async function attack(port: number, { bytes }: Attack, leaves: boolean): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.setEncoding('latin1')
  let received = ''
  let error: Error | undefined
  socket.on('error', (cause) => (error = cause))
  socket.write(bytes, 'latin1')
  const closed = new Promise<true>((resolve) => {
    socket.once('close', () => {
      resolve(true)
    })
  })
  const answered = new Promise((resolve) => {
    socket.on('data', (chunk) => {
      received += String(chunk)
      resolve(true)
    })
  })
  if (leaves) {
    await Promise.race([answered, closed, setTimeout(patience)])
    socket.end()
  }
  const limit = new AbortController()
  const isClosed = await Promise.race([closed, setTimeout(hang, false, { signal: limit.signal })])
  limit.abort()
  socket.destroy()
  if (!isClosed) throw new Error(`still open after ${hang} ms, with: ${received}`)
  if (error) throw error
  return received
}
