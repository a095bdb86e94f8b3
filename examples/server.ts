// Your own handler on served-by's server: limits, refusals and a drain that loses no request come with it.
import { serve } from 'served-by/node'

const server = await serve((request) => Response.json({ path: new URL(request.url).pathname }), {
  port: Number(process.env['PORT'] ?? 3000),
})
console.log(`listening on ${server.url}`)

process.once('SIGTERM', () => {
  void server.close().then(({ requests, cut }) => {
    console.log(`drained: ${requests} requests came after the signal, ${cut} were cut`)
  })
})
