import { now } from '../clock.ts'
import type { Amount, Pacer, Send } from './load.ts'

/** Keeps so many requests in flight: each is sent when another has ended, and so is never late. */
export function createClosedLoop({ requests, duration, concurrency }: Amount, send: Send): Pacer {
  const { promise: finished, resolve } = Promise.withResolvers<undefined>()
  let end = Infinity
  let sent = 0
  let inFlight = 0

  const fill = (time: number) => {
    while (inFlight < concurrency && sent < requests && time < end) {
      sent += 1
      inFlight += 1
      send(time, time, time)
    }
    if (inFlight === 0) resolve(undefined)
  }

  return {
    start() {
      const time = now()
      end = time + duration
      fill(time)
    },
    settled(done) {
      inFlight -= 1
      fill(done)
    },
    stop() {
      end = 0
    },
    finished,
  }
}
