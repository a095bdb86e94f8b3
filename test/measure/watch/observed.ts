import type { Observation } from '../../../src/measure/observation.ts'
import type { Change } from '../../../src/measure/watch/change.ts'
import { createWatch, watchOver } from '../../../src/measure/watch/watch.ts'

const start = Date.UTC(2026, 10, 26, 14)
const replicas = ['web-1', 'web-2', 'web-3']

/** A target that is asked at a rate, second by second, and what is told of it. */
export function watchTarget(rate = 5) {
  const watch = createWatch(rate)
  const changes: Change[] = []
  let index = 0
  const secondsAt = (time: number) => (time - start) / 1000
  return {
    watch,
    /** Asks for so long. @param answer what is special about the answer to the n-th request */
    ask(seconds: number, answer: (n: number) => Partial<Observation> = () => ({})) {
      const from = index
      for (; index < from + seconds * rate; index += 1) {
        const sent = start + (index * 1000) / rate
        const replica = replicas[index % 3]
        const usual = { mode: 'new', outcome: 'answered', status: 200, replica } as const
        const special = { ...usual, index, due: sent, sent, done: sent + 10, ...answer(index) }
        watchOver(watch, special, (change) => changes.push(change))
      }
    },
    now: () => (index * 1000) / rate / 1000,
    /** What was told since the last time, and at which second. */
    told: () => changes.splice(0).map((change) => ({ ...change, at: secondsAt(change.at) })),
  }
}

export const refused = { outcome: 'refused', status: undefined, replica: undefined } as const
/** Answered by these in turn. */
export const by =
  (...names: string[]) =>
  (n: number) => ({ replica: names[n % names.length] })
