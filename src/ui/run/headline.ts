import { amount, clockTime, percent } from '../../measure/sentences/words.ts'
import type { Verdicts } from '../../measure/verdicts.ts'
import type { Run } from './run.ts'

/** The decision, and what else is worth knowing at once. */
export interface Headline {
  /** Nothing to do; act; or nothing can be said yet. */
  tone: 'fine' | 'act' | 'early'
  text: string
  notes: string[]
  /** The same without what changes all the time: what is read aloud when it changes. */
  spoken: string
}

/** So many failures in a row are an outage that goes on. */
const inARow = 5
/** Requests without which nothing is said. */
const enough = 20

/** The decision of `src/measure`, and before it what goes on at this moment. */
export function headline(run: Run, verdicts: Verdicts): Headline {
  const { decision, failures, balance, order, changes } = verdicts
  const notes = [changed(verdicts), canary(verdicts)].filter((note) => note !== undefined)
  if (run.failing.count >= inARow) {
    const text = `Not fine: nothing is answered since ${clockTime(run.failing.since)}.`
    return { tone: 'act', text, notes, spoken: text }
  }
  if (failures.requests < enough) {
    return { tone: 'early', text: 'Too early to tell.', notes: [], spoken: 'Too early to tell.' }
  }
  const what =
    decision.findings.length > 0
      ? `Not fine: ${decision.findings.join(', ')}`
      : `Fine: ${amount(balance.replicas.length, 'replica')}, ${balance.verdict}, ${order.verdict}`
  return {
    tone: decision.verdict === 'fine' ? 'fine' : 'act',
    text: decision.sentence,
    notes,
    spoken: `${what}. ${changes.verdict === 'changed' ? changes.sentence : ''}`,
  }
}

function changed({ changes: { came, left, away } }: Verdicts): string | undefined {
  // One that left and is not replaced is in the decision.
  if (came.length + away.length === 0 && left.length < 2) return undefined
  const most = 4
  const parts = [
    ...left.map(({ replica, at }) => `${replica} left at ${clockTime(at)}`),
    ...came.map(({ replica, at }) => `${replica} came at ${clockTime(at)}`),
    ...away.map(
      ({ replica, from, to }) =>
        `${replica} was away from ${clockTime(from)} to ${clockTime(to)}, and is back`,
    ),
  ]
  const rest = parts.length > most ? `, and ${amount(parts.length - most, 'more change')}` : ''
  return `${parts.slice(0, most).join(', ')}${rest}. Reset judges those of now alone.`
}

/** Which part of the answers the rarest version gives. */
function canary({ versions: { versions } }: Verdicts): string | undefined {
  const all = versions.reduce((sum, { answers }) => sum + answers, 0)
  const [rarest, another] = [...versions].sort((a, b) => a.answers - b.answers)
  if (!rarest || !another) return undefined
  return `Version ${rarest.version} gives ${percent(rarest.answers / all)} of the answers.`
}
