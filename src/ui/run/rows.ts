import type { Verdicts } from '../../measure/verdicts.ts'
import { nobody } from './marks.ts'
import type { Run } from './run.ts'

/** A line of the page: what is known of one replica, or of what no replica answered. */
export interface Row {
  /** The lane of its marks. */
  lane: string
  name: string
  version?: string | undefined
  zone?: string | undefined
  answers: number
  /** 0 to 1, of the answers that name a replica (absent: it is none). */
  share?: number | undefined
  failures: number
  restarts: number
  /** Milliseconds. */
  p50?: number | undefined
  p99?: number | undefined
  clock?: { offset: number; bound: number } | undefined
  /** Since when it gives no answer (Unix ms), though others do. */
  goneSince?: number | undefined
  /** It takes much longer than its peers. */
  slow?: boolean
}

/** Rows in the order of their names, so that none changes its place; nobody's comes last. */
export function rowsOf(run: Run, verdicts: Verdicts): Row[] {
  const { balance, latency, clocks, lives, changes, slow } = verdicts
  const all = balance.replicas.reduce((sum, { answers }) => sum + answers, 0)
  const rows = balance.replicas.map(({ replica, answers }): Row => {
    const times = latency.replicas.find((one) => one.replica === replica)
    return {
      lane: replica,
      name: replica,
      ...run.places.get(replica),
      answers,
      share: answers / all,
      failures: lossesOf(verdicts, replica),
      restarts: lives.replicas.find((one) => one.replica === replica)?.restarts ?? 0,
      p50: times?.p50,
      p99: times?.p99,
      clock: clocks.replicas.find((one) => one.replica === replica),
      goneSince: changes.left.find((one) => one.replica === replica)?.at,
      slow: slow.replicas.some((one) => one.replica === replica),
    }
  })
  const lost = lossesOf(verdicts, undefined)
  if (!run.marks.recent.has(nobody)) return rows
  return [
    ...rows,
    {
      lane: nobody,
      name: 'no replica',
      answers: balance.unattributed,
      failures: lost,
      restarts: 0,
    },
  ]
}

function lossesOf({ failures: { kinds } }: Verdicts, replica: string | undefined): number {
  return kinds.filter((kind) => kind.replica === replica).reduce((sum, { count }) => sum + count, 0)
}
