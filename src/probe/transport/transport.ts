import type { ConnectionMode } from '../../measure/observation.ts'
import { now } from '../clock.ts'
import { createClients } from '../cookies.ts'
import type { Send } from '../load/load.ts'
import type { Addresses } from './addresses.ts'
import { createAsks } from './asks.ts'
import { DeadlineError, type Exchange } from './exchange.ts'
import { type Line, openLine } from './line.ts'
import { type Target, valueOf } from './target.ts'

/** Which connections requests go over; with `both` one of either in each pair. */
export type ConnectionPolicy = ConnectionMode | 'both'

/** Sends requests, each alone on its connection while it lasts. */
export interface Transport {
  send: Send
  /** What has not ended yet: how many requests, and since when the oldest is due (Unix ms). */
  inFlight(): { requests: number; oldest: number }
  /** Breaks off what is in flight, without another word about it, and closes every connection. */
  close(): void
}

/** The lines of one mode. */
interface Queue {
  mode: ConnectionMode
  idle: Line[]
}

/**
 * Takes one of the two that have been idle longest: all are used alike, and yet not in an order that could
 * stay in step with a balancer that takes turns.
 */
function takeIdle({ idle }: Queue): Line | undefined {
  const [line] = idle.splice(Math.floor(Math.random() * Math.min(2, idle.length)), 1)
  return line
}

/**
 * Makes a transport to the target.
 * @param settled is told every exchange when it has ended
 */
export function createTransport(
  target: Target,
  connections: ConnectionPolicy,
  addresses: Addresses,
  settled: (exchange: Exchange) => void,
): Transport {
  const modes: ConnectionMode[] = connections === 'both' ? ['reuse', 'new'] : [connections]
  const queues = modes.map((mode): Queue => ({ mode, idle: [] }))
  const lines = new Set<Line>()
  let sent = 0
  // Strictly in turn they would stay in step with a balancer of two replicas: which of a pair is first
  // is drawn.
  let first = 0
  let opened = 0
  const nextOrdinal = () => ++opened
  let closed = false

  const nextAsk = createAsks(target)
  const clients =
    target.cookies === undefined
      ? undefined
      : createClients(target.cookies, valueOf(target.headers, 'cookie'))

  const expire = () => {
    const latest = now() - target.timeout
    for (const line of lines) {
      const { inFlight } = line
      if (inFlight && inFlight.due <= latest) line.destroy(new DeadlineError())
    }
  }
  const expiry = setInterval(expire, Math.min(Math.max(target.timeout / 100, 1), 50))

  const open = ({ mode, idle }: Queue) => {
    const line = openLine(target, addresses, mode, nextOrdinal, (ended) => {
      if (closed) return
      if (ended.error instanceof DeadlineError) lines.delete(line)
      else idle.push(line)
      if (ended.jar !== undefined) clients?.ended(ended.jar, ended.answer?.headers['set-cookie'])
      settled(ended)
    })
    lines.add(line)
    return line
  }

  return {
    send(due, free, time) {
      if (sent % queues.length === 0) first = Math.floor(Math.random() * queues.length)
      const queue = queues[(first + sent) % queues.length]
      if (!queue) return
      const exchange: Exchange = {
        mode: queue.mode,
        index: sent++,
        due,
        free,
        sent: time,
        written: undefined,
        done: time,
        connection: undefined,
        jar: undefined,
        key: undefined,
        path: '',
        answer: undefined,
        error: undefined,
      }
      if (time >= due + target.timeout) {
        settled({ ...exchange, error: new DeadlineError() })
        return
      }
      const client = clients?.next()
      exchange.jar = client?.jar
      const ask = nextAsk(exchange.index + 1, client?.cookie)
      exchange.key = ask.key
      exchange.path = ask.path
      const line = takeIdle(queue) ?? open(queue)
      line.send(exchange, ask)
    },
    inFlight() {
      const exchanges = [...lines].flatMap(({ inFlight }) => inFlight ?? [])
      return { requests: exchanges.length, oldest: Math.min(...exchanges.map(({ due }) => due)) }
    },
    close() {
      closed = true
      clearInterval(expiry)
      for (const line of lines) line.destroy(new Error('closed'))
    },
  }
}
