import { now } from '../clock.ts'
import type { Amount, Pacer, Send } from './load.ts'

/** Timers count whole milliseconds and come late: the last stretch is waited for in the event loop. */
const timerSlack = 2
/** After so many sends in a row the event loop gets a turn, so that answers are read meanwhile. */
const longestBurst = 64

/**
 * Sends at a fixed rate, whatever becomes of the requests: the k-th is due k/rate after the start.
 * Where `concurrency` holds one back it stays due then, so a stall of the target is not hidden.
 * @param rate requests per second
 */
export function createOpenLoop(
  rate: number,
  { requests, duration, concurrency }: Amount,
  send: Send,
): Pacer {
  const { promise: finished, resolve } = Promise.withResolvers<undefined>()
  let total = Math.min(requests, Math.ceil((duration * rate) / 1000))
  let begin = 0
  let sent = 0
  let inFlight = 0
  let heldBack = false
  let freed = -Infinity
  let timer: NodeJS.Timeout | undefined

  const sendDue = () => {
    for (let burst = 0; sent < total; burst += 1) {
      if (inFlight >= concurrency) {
        heldBack = true
        return
      }
      const due = begin + (sent * 1000) / rate
      const time = now()
      const wait = due - time
      if (wait > timerSlack) {
        timer = setTimeout(sendDue, wait - timerSlack)
        return
      }
      if (wait > 0 || burst === longestBurst) {
        setImmediate(sendDue)
        return
      }
      sent += 1
      inFlight += 1
      send(due, Math.max(due, freed), time)
    }
  }

  return {
    start() {
      begin = now()
      sendDue()
    },
    settled(done) {
      inFlight -= 1
      if (sent === total && inFlight === 0) resolve(undefined)
      if (heldBack) {
        heldBack = false
        freed = done
        sendDue()
      }
    },
    stop() {
      total = sent
      clearTimeout(timer)
    },
    finished,
  }
}
