import { createServer } from 'node:net'

/**
 * What load generators are measured against: it answers every chunk that it reads as one request,
 * much faster than any client can ask, so the client is what limits the rate.
 */
const body = '{"timestamp":1680353669.546823,"hostname":"target"}'
const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`

let n = 0
const server = createServer({ noDelay: true }, (socket) => {
  let req = 0
  socket.on('error', () => socket.destroy())
  socket.on('data', () => {
    n += 1
    req += 1
    socket.write(
      `${head}Served-By: "target";boot=b0000001;n=${n};conn=1;req=${req}\r\n\r\n${body}`,
      'latin1',
    )
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') process.send?.(`http://127.0.0.1:${address.port}/`)
})
// Nobody is left to measure it.
process.on('disconnect', () => process.exit())
