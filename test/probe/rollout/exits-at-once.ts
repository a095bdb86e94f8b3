import { createServer } from 'node:http'

// A replica as most are: it says who it is, and ends at SIGTERM as Node does by itself, at once.

const server = createServer((_request, response) => {
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify({ hostname: process.env['REPLICA_NAME'] }))
})
server.listen(Number(process.env['PORT']), '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const line = { level: 'info', msg: 'ready', url: `http://127.0.0.1:${port}` }
  process.stdout.write(`${JSON.stringify(line)}\n`)
})
