import { Client, type Dispatcher } from 'undici'
import type { ConnectionMode } from '../../measure/observation.ts'
import { now } from '../clock.ts'
import type { Addresses } from './addresses.ts'
import type { Ask } from './asks.ts'
import { createConnector } from './connector.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { Target } from './target.ts'

/** As much of a body as can be needed to tell who answered. */
const keptBodyBytes = 65_536
const idleMilliseconds = 600_000

/** A place for one request at a time, over connections that are kept or not. */
export interface Line {
  /** The request in flight (absent: there is none). */
  readonly inFlight: Exchange | undefined
  send(exchange: Exchange, ask: Ask): void
  /** Ends the request in flight with this error, if there is one, and closes the connection. */
  destroy(error: Error): void
}

/**
 * Opens a line to the target.
 * @param nextOrdinal numbers the connections
 * @param settled is told each exchange, once, when it has ended
 */
export function openLine(
  target: Target,
  addresses: Addresses,
  mode: ConnectionMode,
  nextOrdinal: () => number,
  settled: (exchange: Exchange) => void,
): Line {
  const ended = new AbortController()
  const client = new Client(target.url.origin, {
    allowH2: false,
    pipelining: 1,
    // Transport keeps the deadline, for the whole of an exchange and more exactly.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: idleMilliseconds,
    connect: createConnector(target, addresses, ended.signal),
  })
  let ordinal: number | undefined
  client.on('connect', () => {
    ordinal = nextOrdinal()
  })
  const requestOf = ({ path, headers }: Ask): Dispatcher.DispatchOptions => ({
    path,
    method: target.method,
    headers,
    body: target.body ?? null,
    // Said for each request, because undici otherwise closes the connection after every HEAD.
    reset: mode === 'new',
  })

  let current: Exchange | undefined
  let answer: Answer = { status: 0, headers: {}, body: [] }
  let bodyBytes = 0

  const finish = (complete: Answer | undefined, error?: Error) => {
    if (!current) return
    const exchange = current
    current = undefined
    exchange.done = now()
    exchange.answer = complete
    exchange.error = error
    settled(exchange)
  }

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart() {
      if (!current) return
      current.written = now()
      current.connection = ordinal
    },
    // Also called for interim responses (1xx); the last call is the one that counts.
    onResponseStart(_controller, status, headers) {
      answer = { status, headers, body: [] }
      bodyBytes = 0
    },
    onResponseData(_controller, chunk) {
      if (bodyBytes < keptBodyBytes) answer.body.push(chunk)
      bodyBytes += chunk.length
    },
    onResponseEnd() {
      finish(answer)
    },
    onResponseError(_controller, error) {
      // Not at once: undici is still clearing up, and does not expect the next request meanwhile.
      queueMicrotask(() => {
        finish(undefined, error)
      })
    },
  }

  const line: Line = {
    get inFlight() {
      return current
    },
    send(exchange, ask) {
      current = exchange
      client.dispatch(requestOf(ask), handler)
    },
    destroy(error) {
      finish(undefined, error)
      ended.abort()
      client.destroy(error).catch(() => {
        // It is being thrown away: how its socket ends is nobody's business any more.
      })
    },
  }
  return line
}
