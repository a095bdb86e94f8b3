import type { Change } from '../../measure/compare/change.ts'
import type { Losses } from '../../measure/compare/failures.ts'
import type { Facts } from '../../measure/compare/facts.ts'
import type { Spread } from '../../measure/compare/balance.ts'
import { duration, grouped, list, percent, rate } from '../../measure/sentences/words.ts'
import type { RunDescription } from '../report/report.ts'
import type { ComparedRuns } from './compare.ts'

/** One thing that both runs have, as people read it. */
export interface Row {
  title: string
  before: string
  after: string
  /** Absent where it is no better or worse, whatever it is. */
  change?: Change | undefined
}

const lossesOf = ({ requests, failures }: Losses) =>
  `${grouped(failures)} of ${grouped(requests)}${failures > 0 ? ` (${percent(failures / requests)})` : ''}`

const spreadOf = ({ replicas, skew }: Spread) =>
  replicas < 2 ? 'one replica' : `${percent(skew)} off`

/** How many, and which of them are not those of before, unless all are others. */
function replicasOf({ replicas }: Facts, before?: Facts): string {
  const known = replicas.filter((name) => before?.replicas.includes(name))
  if (!before || known.length === 0) return `${replicas.length}`
  const gone = before.replicas.filter((name) => !replicas.includes(name))
  const came = replicas.filter((name) => !known.includes(name))
  const parts = [
    ...(gone.length > 0 ? [`without ${list(gone, 2)}`] : []),
    ...(came.length > 0 ? [`with ${list(came, 2)}`] : []),
  ]
  return [`${replicas.length}`, ...parts].join(', ')
}

/** What was compared, and what is told without a judgement. */
export function rowsOf({ comparison: { changes, before, after } }: ComparedRuns): Row[] {
  const { failures, latency, balance } = changes
  const versions = before.versions.length + after.versions.length > 0
  return [
    {
      title: 'Lost',
      before: lossesOf(failures.before),
      after: lossesOf(failures.after),
      change: failures.change,
    },
    ...latency.percentiles.map((one) => ({
      title: `p${one.percentile}`,
      before: duration(one.before),
      after: duration(one.after),
      change: one.change,
    })),
    {
      title: 'Shares',
      before: spreadOf(balance.before),
      after: spreadOf(balance.after),
      change: balance.change,
    },
    { title: 'Replicas', before: replicasOf(before), after: replicasOf(after, before) },
    ...(versions
      ? [{ title: 'Versions', before: list(before.versions), after: list(after.versions) }]
      : []),
    { title: 'Order', before: before.order, after: after.order },
    { title: 'Rate', before: `${rate(before.rate)}/s`, after: `${rate(after.rate)}/s` },
  ]
}

/** What makes two runs ask the same. */
const asked = [
  ['URL', (run: RunDescription) => run.url],
  ['method', (run: RunDescription) => run.method],
  ['connections', (run: RunDescription) => run.connections],
  ['rate', (run: RunDescription) => `${run.rate ?? 'as fast as it answers'}`],
  ['concurrency', (run: RunDescription) => `${run.concurrency}`],
  ['success', (run: RunDescription) => run.success],
  ['cookies', (run: RunDescription) => `${run.cookies ?? 'none'}`],
] as const

/** What one has to know before one believes a comparison, in sentences. */
export function cautions({ before, after }: ComparedRuns): string[] {
  const saidBy = (runs: readonly RunDescription[], say: (run: RunDescription) => string) =>
    list([...new Set(runs.map(say))].sort())
  const different = asked.flatMap(([name, say]) => {
    const [old, now] = [saidBy(before, say), saidBy(after, say)]
    return old === now ? [] : [`${name} ${old}, then ${now}`]
  })
  const number =
    before.length === after.length ? [] : [`${before.length} probes, then ${after.length}`]
  const differences = [...number, ...different]
  const early = [
    ['old', before],
    ['new', after],
  ] as const
  return [
    ...(differences.length > 0
      ? [`Asked differently, which may be the reason: ${differences.join('; ')}.`]
      : []),
    ...early
      .filter(([, runs]) => runs.some(({ interrupted, ownFailure }) => interrupted || ownFailure))
      .map(([which]) => `The ${which} run ended early.`),
  ]
}
