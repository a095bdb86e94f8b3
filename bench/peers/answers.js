// What every peer answers: the fields and bodies of served-by. Its identity is a constant here,
// which is to a peer's advantage: served-by makes a new one for each response.
import { Buffer } from 'node:buffer'
import { performance } from 'node:perf_hooks'
import process from 'node:process'

const { COMMIT: commit, PORT, REPLICA_NAME: name, VERSION: version } = process.env
const identity = {
  'cache-control': 'no-store',
  'served-by': `"bench";v="${version}+${commit}";boot=b00000000;n=100000;conn=10;req=10000`,
  'x-request-id': 'b00000000-100000',
  'x-content-type-options': 'nosniff',
}
const runtime = `node/${process.versions.node}`

export const port = Number(PORT)

/** In milliseconds, longer than proxies keep idle connections: the default of served-by. */
export const keepAliveTimeout = 75_000

/** The body of `GET /`: Unix seconds with microseconds, and who answers. */
export function root() {
  const milliseconds = performance.timeOrigin + performance.now()
  return JSON.stringify({ timestamp: Math.round(milliseconds * 1000) / 1e6, hostname: name })
}

/** The body of `GET /version`. */
export function versionBody() {
  return JSON.stringify({ version, commit, runtime })
}

/** All header fields of a response but Date and Connection, which the server itself adds. */
export function headers(body, type = 'application/json') {
  return { 'content-type': type, ...identity, 'content-length': `${Buffer.byteLength(body)}` }
}
