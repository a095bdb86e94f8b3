import type { Departure } from '../departure.ts'
import type { Replica } from '../replica.ts'
import { createAlarm } from './alarm.ts'

/** Milliseconds for which a client waits before it connects again: well under a second. */
const retry = 500

/** Milliseconds over which the ends of a replica's streams are spread, so that not all come back at once. */
const spread = 1000

const encoder = new TextEncoder()

/**
 * A stream of server-sent events: a tick at once and then at each interval, until the client leaves.
 * When the replica drains, an event says so, and the stream ends a moment after its departure: by then
 * no balancer sends the client back to the same replica.
 * @param interval seconds
 */
export function eventStream(
  replica: Replica,
  departure: Departure,
  interval: number,
): ReadableStream<Uint8Array> {
  const alarm = createAlarm()
  const period = interval * 1000
  let ordinal = 0
  let due = performance.now()
  let end: number | undefined

  const event = (name = '') => {
    ordinal += 1
    const data = JSON.stringify({ timestamp: replica.now(), hostname: replica.hostname })
    const first = ordinal === 1 ? `retry: ${retry}\n` : ''
    return encoder.encode(`${first}${name}id: ${replica.bootId}-${ordinal}\ndata: ${data}\n\n`)
  }

  /** What is due now; nothing if that is to wait, `null` at the end. */
  const next = (now: number) => {
    if (end !== undefined && now >= end) return null
    if (end === undefined && departure.due !== undefined) {
      end = Math.max(departure.due, now) + Math.random() * spread
      return event('event: draining\n')
    }
    if (now < due) return undefined
    // A client that reads slowly misses ticks instead of getting old ones.
    due += (Math.floor((now - due) / period) + 1) * period
    return event()
  }

  const close = () => {
    departure.listeners.delete(alarm.ring)
    alarm.stop()
  }

  // It begins when it is read, and waits while nobody reads it: no tick is ever queued.
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        departure.listeners.add(alarm.ring)
        while (!alarm.stopped) {
          const now = performance.now()
          const chunk = next(now)
          if (chunk === null) {
            close()
            controller.close()
            return
          }
          if (chunk) {
            controller.enqueue(chunk)
            return
          }
          await alarm.wait(Math.min(due, end ?? Infinity) - now)
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  )
}
