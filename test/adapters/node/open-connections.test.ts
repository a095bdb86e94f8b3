import { expect, test } from 'vitest'
import { connectTo, request } from './raw-client.ts'
import { serveHere } from './serve-here.ts'

// Each order closes the first, the last and one in the middle of those that are open.
test.for([
  { order: [0, 3, 1], left: 2 },
  { order: [3, 0, 2], left: 1 },
  { order: [1, 3, 2], left: 0 },
])('when connections $order have closed, the other one is known', async ({ order, left }) => {
  const gate = Promise.withResolvers<undefined>()
  const { url, count } = await serveHere(async (_, { ordinal, request }) => {
    if (request === 2) await gate.promise
    return new Response(`${ordinal}, ${request};`)
  })
  const clients = []
  for (let i = 0; i < 4; i += 1) {
    const client = await connectTo(url)
    client.send(request('GET /'))
    await client.receive(new RegExp(`${i + 1}, 1;`))
    clients.push(client)
  }
  let open = clients.length
  for (const i of order) {
    clients[i]?.socket.destroy()
    open -= 1
    await expect.poll(() => count().open).toBe(open)
  }

  const client = clients[left]
  client?.send(request('GET /'))
  await expect.poll(count).toEqual({ open: 1, inFlight: 1 })
  gate.resolve(undefined)
  await client?.receive(new RegExp(`${left + 1}, 2;`))
})
