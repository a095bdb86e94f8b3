import type { ConnectionMode } from '../../measure/observation.ts'
import { now } from '../clock.ts'
import { DeadlineError, type Exchange } from './exchange.ts'
import { type Line, openLine } from './line.ts'
import type { Target } from './target.ts'

/** Which connections requests go over; `both` takes turns. */
export type Connections = ConnectionMode | 'both'

/** Sends requests, each alone on its connection while it lasts. */
export interface Transport {
  /** Sends a request that was due then, in Unix milliseconds; never call it with an earlier one. */
  send(due: number): void
  /** Breaks off what is in flight, without another word about it, and closes every connection. */
  close(): void
}

/**
 * Makes a transport to the target.
 * @param settled is told every exchange when it has ended
 */
export function createTransport(
  target: Target,
  connections: Connections,
  settled: (exchange: Exchange) => void,
): Transport {
  const modes: ConnectionMode[] = connections === 'both' ? ['reuse', 'new'] : [connections]
  const queues = modes.map((mode) => {
    const idle: Line[] = []
    return { mode, idle, sent: 0 }
  })
  // In the order of becoming due, so the first one is the first to be too late.
  const inFlight = new Map<Line, Exchange>()
  let sent = 0
  let opened = 0
  const nextOrdinal = () => ++opened
  let closed = false

  const expire = () => {
    const time = now()
    for (const [line, exchange] of inFlight) {
      if (time < exchange.due + target.timeout) return
      line.destroy(new DeadlineError())
    }
  }
  const expiry = setInterval(expire, Math.min(Math.max(target.timeout / 100, 1), 50))

  return {
    send(due) {
      const queue = queues[sent % queues.length]
      if (!queue) return
      sent += 1
      const { mode, idle } = queue
      const time = now()
      const exchange: Exchange = {
        mode,
        index: queue.sent++,
        due,
        sent: time,
        written: undefined,
        done: time,
        connection: undefined,
        answer: undefined,
        error: undefined,
      }
      if (time >= due + target.timeout) {
        settled({ ...exchange, error: new DeadlineError() })
        return
      }
      // The one that has been idle longest, so that all of them are used alike.
      const line =
        idle.shift() ??
        openLine(target, mode, nextOrdinal, (ended, used) => {
          inFlight.delete(used)
          if (closed) return
          if (!(ended.error instanceof DeadlineError)) idle.push(used)
          settled(ended)
        })
      inFlight.set(line, exchange)
      line.send(exchange)
    },
    close() {
      closed = true
      clearInterval(expiry)
      const lines = [...inFlight.keys(), ...queues.flatMap(({ idle }) => idle)]
      for (const line of lines) line.destroy(new Error('closed'))
    },
  }
}
