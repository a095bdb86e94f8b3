import type { ServerResponse } from 'node:http'
import type { PlainResponse } from './node-response.ts'
import { type Write, writeWhole } from './send.ts'

/** Milliseconds that a response waits for further ones, besides what is running then. */
const longestWait = 1
/** So many are sent together: fewer in a round are not worth the wait, with more the first wait too long. */
const together = 8
/** So many do not wait after a round of fewer: at first, and after several such rounds in a row. */
const [shortestPause, longestPause] = [15, 240]

/** Responses that are ready, for a moment. */
export interface Outbox {
  /** Takes a response whose head is set. */
  add: Write
  /** Sends what is there. To be called before a connection is cut. */
  flush(): void
}

/**
 * Makes an outbox. It sends responses together when the event loop has come round, that is when all
 * requests that were there have been read. Sent one by one, each would wake a client that then finds
 * nothing more to read and sleeps again, and to wake somebody is dear (docs/performance.md).
 */
export function createOutbox(): Outbox {
  let ready: { to: ServerResponse; plain: PlainResponse }[] = []
  let since = 0
  let inRound = 0
  let pause = shortestPause
  let paused = 0

  const flush = () => {
    const now = ready
    ready = []
    for (const { to, plain } of now) writeWhole(to, plain)
  }
  const comeRound = () => {
    if (inRound < together) {
      paused = pause
      pause = Math.min(pause * 2, longestPause)
    } else pause = shortestPause
    inRound = 0
    flush()
  }

  return {
    flush,
    add(to, plain) {
      if (paused > 0) {
        paused -= 1
        writeWhole(to, plain)
        return
      }
      const now = performance.now()
      if (ready.push({ to, plain }) === 1) since = now
      inRound += 1
      if (inRound === 1) setImmediate(comeRound)
      else if (ready.length === together || now - since >= longestWait) flush()
    },
  }
}
