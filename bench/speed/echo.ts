// A service that is not ours, on our server: it answers each POST with the body it got. The same
// server and the same classes as in production, with a handler that they know nothing of.
import { createIdentify } from '../../src/handler/identity.ts'
import { createReplica } from '../../src/adapters/replica/replica.ts'
import { readConfig } from '../../src/adapters/process/config.ts'
import { NodeResponse } from '../../src/adapters/node/response/node-response.ts'
import { serve } from '../../src/adapters/node/serve.ts'

const config = readConfig(process.env)
const identify = createIdentify(createReplica(config, { name: 'node', hostname: 'bench' }))

await serve(
  async (request, connection) => {
    const text = await request.text()
    const identity = identify(connection, request.headers.get('x-request-id'))
    const headers = {
      'content-type': 'text/plain',
      'cache-control': 'no-store',
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
