import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import type { buildConnector } from 'undici'

/** What is asked, and how it is reached. */
export interface Target {
  url: URL
  method: string
  /** Name, value, name, value … */
  headers: string[]
  /** Addresses that stand in for a name on a port: `name:port` to address. */
  resolve: ReadonlyMap<string, string>
  /** Takes any TLS certificate. */
  insecure: boolean
  /** Milliseconds from when a request is due until its answer must be complete. */
  timeout: number
}

/** The port that the URL means, spelled out. */
function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80')
}

/** How undici's connector reaches the target. */
export function connectOptions({ url, resolve, insecure }: Target): buildConnector.BuildOptions {
  const address = resolve.get(`${url.hostname}:${portOf(url)}`)
  const lookupFixed: LookupFunction = (hostname, options, callback) => {
    if (address === undefined) lookup(hostname, options, callback)
    else if (options.all) callback(null, [{ address, family: isIP(address) }])
    else callback(null, address, isIP(address))
  }
  // No time-out here: Transport keeps the deadline of the whole exchange.
  return { timeout: 0, rejectUnauthorized: !insecure, lookup: lookupFixed }
}
