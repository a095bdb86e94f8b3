// Node's own HTTP server and nothing else.
import { Buffer } from 'node:buffer'
import { createServer } from 'node:http'
import { headers, keepAliveTimeout, port, root, versionBody } from './answers.js'

function answer(response, body, type) {
  response.writeHead(200, headers(body, type)).end(body)
}

const server = createServer({ keepAliveTimeout }, (request, response) => {
  if (request.url === '/') {
    answer(response, root())
  } else if (request.url === '/version') {
    answer(response, versionBody())
  } else if (request.url === '/echo' && request.method === 'POST') {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      answer(response, Buffer.concat(chunks).toString(), 'text/plain')
    })
  } else {
    response.writeHead(404).end()
  }
})
server.listen(port)
