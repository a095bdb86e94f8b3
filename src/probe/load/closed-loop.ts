import { now } from '../clock.ts'
import type { Amount, Load, Send } from './load.ts'

/** Keeps so many requests in flight: each is sent when another has ended, and so is never late. */
export function createClosedLoop({ requests, duration, concurrency }: Amount, send: Send): Load {
  const { promise: finished, resolve } = Promise.withResolvers<undefined>()
  let end = Infinity
  let sent = 0
  let inFlight = 0

  const fill = () => {
    while (inFlight < concurrency && sent < requests) {
      const time = now()
      if (time >= end) break
      sent += 1
      inFlight += 1
      send(time)
    }
    if (inFlight === 0) resolve(undefined)
  }

  return {
    start() {
      end = now() + duration
      fill()
    },
    settled() {
      inFlight -= 1
      fill()
    },
    stop() {
      end = 0
    },
    finished,
  }
}
