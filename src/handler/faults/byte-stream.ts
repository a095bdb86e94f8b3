import { createAlarm } from '../events/alarm.ts'

/** Letters and not zeros: a terminal shows them, and what compresses them on the way stands out. */
const block = new TextEncoder().encode('served-by '.repeat(6554)).subarray(0, 65_536)

/** Pieces a second of a stream that takes its time. */
const pieces = 10

/**
 * A stream of exactly so many bytes. It makes them when they are read, and so no more than the client
 * takes.
 * @param over seconds until the last byte, if it is not to go as fast as it can
 */
export function byteStream(length: number, over: number): ReadableStream<Uint8Array> {
  const alarm = createAlarm()
  const start = performance.now()
  const perPiece = over === 0 ? block.length : Math.max(1, Math.ceil(length / (over * pieces)))
  let sent = 0

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const size = Math.min(perPiece, block.length, length - sent)
        if (size > 0 && over > 0) {
          const due = start + (over * 1000 * (sent + size)) / length
          await alarm.wait(Math.max(0, due - performance.now()))
          if (alarm.stopped) return
        }
        sent += size
        if (size > 0) controller.enqueue(block.subarray(0, size))
        if (sent === length) controller.close()
      },
      cancel() {
        alarm.stop()
      },
    },
    { highWaterMark: 0 },
  )
}
