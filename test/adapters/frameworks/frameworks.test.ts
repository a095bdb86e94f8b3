import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serve } from '../../../src/adapters/node/serve.ts'
import { startUpstream } from '../fetch-standard/compare.ts'
import { frameworks } from './handlers.ts'

const upstream = await startUpstream()
afterAll(() => {
  upstream.close()
})

/** Fields of the connection, of which a handler that is called directly knows nothing. */
const hops = ['connection', 'keep-alive', 'date', 'transfer-encoding', 'content-length']

/** What a client sees of a response. */
async function seen(response: Response) {
  const headers = [...response.headers]
    // A framework's own class may keep names as they were written.
    .map(([name, value]) => [name.toLowerCase(), value])
    .filter(([name = '']) => !hops.includes(name))
  return { status: response.status, headers, body: await response.text() }
}

describe.for(Object.entries(frameworks(`http://${upstream.authority}`)))(
  '%s over serve() answers as it does when called with a native Request',
  ([, { handler, requests }]) => {
    let server: Awaited<ReturnType<typeof serve>>
    beforeAll(async () => {
      server = await serve(handler, { host: '127.0.0.1', port: 0, drainDelay: 0 })
    })
    afterAll(() => server.close())

    test.for(requests.map((asked, i) => ({ ...asked, i })))('$i: $path', async ({ path, init }) => {
      const url = new URL(path, server.url)
      const served = await seen(await fetch(url, init?.()))
      expect(served).toEqual(await seen(await handler(new Request(url, init?.()))))
    })
  },
)
