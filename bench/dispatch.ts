/**
 * The floor under the probe: `Client.dispatch` of undici in a closed loop that looks at nothing but the
 * end of each response. `node bench/dispatch.ts URL CONNECTIONS SECONDS` prints what autocannon would.
 */
import { Client, type Dispatcher } from 'undici'

const [url = '', connections, seconds] = process.argv.slice(2)
const { origin, pathname: path } = new URL(url)
const options = { path, method: 'GET' } as const
let total = 0

const begin = performance.now()
const end = begin + Number(seconds) * 1000

/** Sends on one connection until the time is over. */
function loop(): Promise<void> {
  const client = new Client(origin)
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  const nothing = () => undefined
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: nothing,
    onResponseStart: nothing,
    onResponseData: nothing,
    onResponseEnd() {
      total += 1
      if (performance.now() < end) client.dispatch(options, handler)
      else resolve(undefined)
    },
    onResponseError(_controller, error) {
      reject(error)
    },
  }
  client.dispatch(options, handler)
  return promise.then(() => client.close())
}

await Promise.all(Array.from({ length: Number(connections) }, loop))
const duration = (performance.now() - begin) / 1000
process.stdout.write(JSON.stringify({ requests: { total }, duration, errors: 0 }))
