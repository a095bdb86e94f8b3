import type { Verdicts } from '../../measure/verdicts.ts'

/** One verdict for people: what it is about, and a sentence with the evidence. */
export interface Summary {
  title: string
  sentence: string
  /** Bad whatever one expects. */
  bad: boolean
}

/** The verdicts in the order in which one asks for them. */
export function summaries(verdicts: Verdicts): Summary[] {
  const { balance, order, pinning, failures, lives, clocks, versions, latency } = verdicts
  return [
    { title: 'Balance', bad: false, ...balance },
    { title: 'Order', bad: false, ...order },
    { title: 'Pinning', bad: false, ...pinning },
    { title: 'Failures', bad: failures.failures > 0, ...failures },
    { title: 'Restarts', bad: false, ...lives },
    { title: 'Clocks', bad: false, ...clocks },
    { title: 'Versions', bad: false, ...versions },
    { title: 'Latency', bad: false, ...latency },
  ].map(({ title, sentence, bad }) => ({ title, sentence, bad }))
}
