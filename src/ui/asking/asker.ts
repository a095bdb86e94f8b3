import type { Observation } from '../../measure/observation.ts'
import { now } from './clock.ts'
import { exchange, type Question } from './exchange.ts'

/** A browser opens no more connections to one host (HTTP/1.1); beyond that it would wait inside. */
const mostInFlight = 6
/** Requests that may wait for one of those before further ones are left out. */
const mostWaiting = 100
/** Milliseconds: a timer later than that means that the browser slept, and not the target. */
const asleep = 1000

/** Asks at a fixed rate, whatever becomes of the answers. It begins with a pause. */
export interface Asker {
  resume: () => void
  /** Asks no more; what is in flight may still end. */
  pause: () => void
  /** As `pause`, and what is in flight does not count: it is asked again after the pause. */
  interrupt: () => void
  /** @param perSecond more than 0 */
  setRate: (perSecond: number) => void
}

/** @param onEnd called in the order in which requests end */
export function createAsker(
  url: URL,
  rate: number,
  onEnd: (observation: Observation) => void,
): Asker {
  let interval = 1000 / rate
  let timer: ReturnType<typeof setTimeout> | undefined
  let next = { index: 0, due: 0 }
  let inFlight = 0
  let interrupted = 0
  const waiting: Question[] = []

  async function ask(question: Question, free: number): Promise<void> {
    inFlight += 1
    const ended = { ...(await exchange(url, question)), free }
    inFlight -= 1
    if (ended.sent < interrupted) waiting.unshift(question)
    else onEnd(ended)
    sendWaiting(now())
  }

  /** @param free since when fewer are in flight than may be (Unix ms) */
  function sendWaiting(free: number): void {
    while (timer !== undefined && inFlight < mostInFlight) {
      const question = waiting.shift()
      if (!question) return
      void ask(question, Math.max(free, question.due))
    }
  }

  function tick(): void {
    const time = now()
    if (time - next.due > asleep) skip(time)
    while (next.due <= time) {
      if (waiting.length < mostWaiting) {
        waiting.push(next)
        next = { index: next.index + 1, due: next.due + interval }
      } else {
        next = { ...next, due: next.due + interval }
      }
    }
    timer = setTimeout(tick, next.due - now())
    sendWaiting(0)
  }

  /** What was due meanwhile is due now. */
  function skip(time: number): void {
    next = { ...next, due: time }
    for (const question of waiting) question.due = time
  }

  function pause(): void {
    clearTimeout(timer)
    timer = undefined
  }

  return {
    resume() {
      if (timer !== undefined) return
      skip(now())
      tick()
    },
    pause,
    interrupt() {
      pause()
      interrupted = now()
    },
    setRate(perSecond) {
      interval = 1000 / perSecond
    },
  }
}
