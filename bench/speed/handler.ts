// A service that is not ours, on our server: an echo, a form and a proxy. The same server and the same
// classes as in production, with a handler that they know nothing of.
import { createIdentify } from '../../src/handler/identity.ts'
import { createReplica } from '../../src/adapters/replica/replica.ts'
import { readConfig } from '../../src/adapters/process/config.ts'
import { NodeResponse } from '../../src/adapters/node/response/node-response.ts'
import { serve } from '../../src/adapters/node/serve.ts'

const config = readConfig(process.env)
const identify = createIdentify(createReplica(config, { name: 'node', hostname: 'bench' }))

await serve(
  async (request, connection) => {
    // The proxy's upstream is the echo of the same program.
    if (request.url.endsWith('/proxy')) {
      return fetch(`http://127.0.0.1:${config.port}/echo`, request)
    }
    const text = request.url.endsWith('/form') ? await nameIn(request) : await request.text()
    const identity = identify(connection, request.headers.get('x-request-id'))
    const headers = {
      'content-type': 'text/plain',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'served-by': identity['served-by'],
      'x-request-id': identity['x-request-id'],
      'content-length': `${Buffer.byteLength(text)}`,
    }
    return new NodeResponse(text, { headers })
  },
  {
    ...config,
    identify,
    onError: (cause) => {
      throw cause
    },
  },
)

async function nameIn(request: Request): Promise<string> {
  const name = (await request.formData()).get('name')
  return typeof name === 'string' ? name : ''
}
