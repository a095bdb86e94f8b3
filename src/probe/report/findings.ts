import { list } from '../../measure/sentences/words.ts'
import type { Verdicts } from '../../measure/verdicts.ts'
import type { AddressUse } from '../transport/addresses.ts'
import { type Report, somethingAnswered } from './report.ts'

/** One verdict for people: what it is about, and what was found. */
export interface Line {
  title: string
  text: string
  /** It is bad whatever one expects. */
  bad: boolean
}

interface Row {
  title: string
  text: (verdicts: Verdicts) => string
  bad?: (verdicts: Verdicts) => boolean
  /** Whether it says something that one needs to know. */
  matters: (verdicts: Verdicts) => boolean
}

/** Milliseconds; clocks that are kept by NTP are nearer. */
const tolerableClock = 100

/** Every verdict, in the order in which one asks for them. A new one is one line here. */
const rows: Row[] = [
  {
    title: 'Target',
    text: ({ target }) => target.sentence,
    bad: ({ target }) => target.verdict !== 'right',
    // The decision says it.
    matters: () => false,
  },
  {
    title: 'Lost',
    text: ({ failures }) => failures.sentence,
    bad: ({ failures }) => failures.failures > 0,
    matters: ({ failures, target }) => failures.failures > 0 && target.verdict !== 'wrong',
  },
  {
    title: 'Replicas',
    text: ({ changes }) => changes.sentence,
    bad: ({ changes }) => changes.gone > 0,
    matters: ({ changes }) => changes.verdict === 'changed',
  },
  {
    title: 'Slow',
    text: ({ slow }) => slow.sentence,
    bad: ({ slow }) => slow.verdict === 'slow',
    matters: ({ slow }) => slow.verdict === 'slow',
  },
  {
    title: 'Cache',
    text: ({ cache }) => cache.sentence,
    bad: ({ cache }) => cache.verdict === 'cached',
    matters: ({ cache }) => cache.verdict === 'cached',
  },
  {
    title: 'Balance',
    text: ({ balance }) => balance.sentence,
    matters: ({ balance, target }) =>
      balance.reason !== 'one-replica' &&
      (balance.reason !== 'nobody' || target.verdict === 'right'),
  },
  {
    title: 'Order',
    text: ({ order }) => order.sentence,
    // One answer has none, and Affinity tells of cookies and URLs.
    matters: ({ balance: { replicas }, order: { by } }) =>
      replicas.reduce((sum, { answers }) => sum + answers, 0) > 1 &&
      by !== 'cookie' &&
      by !== 'URL',
  },
  {
    title: 'Pinning',
    text: ({ pinning }) => pinning.sentence,
    matters: ({ pinning }) => pinning.verdict === 'pinned',
  },
  {
    title: 'Affinity',
    text: ({ affinity }) => affinity.sentence,
    matters: ({ affinity }) =>
      affinity.jars > 0 || ['cookie', 'url', 'address'].includes(affinity.verdict),
  },
  {
    title: 'Restarts',
    text: ({ lives }) => lives.sentence,
    matters: ({ lives }) => lives.restarts > 0 || lives.draining > 0,
  },
  {
    title: 'Versions',
    text: ({ versions }) => versions.sentence,
    // Side by side all the time, they are told with their weights.
    matters: ({ versions, weights }) =>
      versions.versions.length > 1 && weights.verdict !== 'weighted',
  },
  {
    title: 'Weights',
    text: ({ weights }) => weights.sentence,
    matters: ({ weights }) => weights.verdict === 'weighted',
  },
  {
    title: 'Zones',
    text: ({ zones }) => zones.sentence,
    matters: ({ zones }) => zones.zones.length > 1 || zones.own !== undefined,
  },
  {
    title: 'Cold starts',
    text: ({ coldStarts }) => coldStarts.sentence,
    matters: ({ coldStarts }) => coldStarts.verdict === 'cold',
  },
  {
    title: 'Clocks',
    text: ({ clocks }) => clocks.sentence,
    matters: ({ clocks: { furthest, replicas } }) =>
      [furthest?.difference ?? 0, ...replicas.map(({ offset }) => offset)].some(
        (difference) => Math.abs(difference) > tolerableClock,
      ),
  },
  { title: 'Rate', text: ({ pace }) => pace.sentence, matters: () => true },
  { title: 'Latency', text: ({ latency }) => latency.sentence, matters: () => true },
  { title: 'Status', text: ({ statuses }) => statuses.sentence, matters: () => true },
]

/** Addresses of the target that no connection could be made to, though others could be reached. */
export function deadAddresses({ runs }: Report): AddressUse[] {
  const uses = runs.flatMap(({ addresses }) => addresses)
  const dead = uses.filter(({ connections, failed }) => connections === 0 && failed > 0)
  // Where none can be reached, the lost requests say so.
  return dead.length === uses.length ? [] : dead
}

function addressLines(report: Report): Line[] {
  const dead = deadAddresses(report)
  if (dead.length === 0) return []
  const named = list(dead.map(({ address, error }) => `${address} (${error ?? 'no connection'})`))
  const text = `Cannot be reached: ${named}. A client that tries one address only loses its requests there.`
  return [{ title: 'Addresses', text, bad: true }]
}

/**
 * What the report says of each verdict: what failed first; only that where nothing answered.
 * @param all also those that found nothing worth saying
 */
export function findings(report: Report, all: boolean): Line[] {
  const { verdicts } = report
  const silent = !somethingAnswered(report)
  const lines = rows
    .filter((row) => (silent ? row.title === 'Lost' : all || row.matters(verdicts)))
    .map(({ title, text, bad }) => ({ title, text: text(verdicts), bad: bad?.(verdicts) ?? false }))
  return [...addressLines(report), ...lines].sort((a, b) => Number(b.bad) - Number(a.bad))
}
