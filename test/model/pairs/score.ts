import * as v from 'valibot'
import { type Damage, damages } from './damage.ts'
import { drawPair } from './pair.ts'

/** What came of pairs of runs of so many requests. */
export interface PairScore {
  requests: number
  /** Two runs of one target, and in how many of the pairs something was said to have changed. */
  same: number
  alarms: number
  /**
   * For each kind of damage: pairs, in how many of them it was found, and how many were left open,
   * because few connections reached other replicas than before.
   */
  found: { damage: Damage; pairs: number; found: number; open: number }[]
}

const names = Object.keys(damages).filter((name): name is Damage => name in damages)
const sizes = [1000, 3000, 10_000]

/** A pair that is to be drawn; without a damage both runs are of one target as it is. */
export const pairCase = v.object({
  seed: v.number(),
  requests: v.number(),
  damage: v.optional(v.picklist(names)),
})
export type PairCase = v.InferOutput<typeof pairCase>

/** What `probe compare` said of it. */
export interface PairOutcome extends PairCase {
  changed: boolean
  worse: boolean
  open: boolean
}

/** @param pairs of one target, for each size; a tenth as many of each kind of damage */
export function listPairs(pairs: number, seed: number): PairCase[] {
  const seeds = (from: number, count: number) =>
    Array.from({ length: count }, (_, run) => seed * 1_000_003 + from + run)
  const damaged = seeds(pairs, Math.ceil(pairs / 10))
  return sizes.flatMap((requests) => [
    ...seeds(0, pairs).map((one) => ({ seed: one, requests })),
    ...names.flatMap((damage) => damaged.map((one) => ({ seed: one, requests, damage }))),
  ])
}

export function comparePair(pair: PairCase): PairOutcome {
  const { decision, changes } = drawPair(pair.seed, pair.requests, pair.damage).comparison
  const worse = decision.verdict === 'worse'
  return {
    ...pair,
    changed: decision.worse.length + decision.better.length > 0,
    worse,
    open: !worse && changes.latency.change === 'cannot-tell',
  }
}

export function scorePairs(outcomes: readonly PairOutcome[]): PairScore[] {
  return sizes.map((requests) => {
    const those = (damage?: Damage) =>
      outcomes.filter((one) => one.requests === requests && one.damage === damage)
    return {
      requests,
      same: those().length,
      alarms: those().filter(({ changed }) => changed).length,
      found: names.map((damage) => ({
        damage,
        pairs: those(damage).length,
        found: those(damage).filter(({ worse }) => worse).length,
        open: those(damage).filter(({ open }) => open).length,
      })),
    }
  })
}

/** The table by size. */
export function renderPairs(scores: readonly PairScore[]): string {
  const lines = [
    ['', ...scores.map(({ requests }) => `${requests} requests`)],
    [
      'pairs of one target, said to differ',
      ...scores.map(({ alarms, same }) => `${alarms} of ${same}`),
    ],
    ...names.map((name) => [
      `found: ${name}`,
      ...scores.map(({ found }) => {
        const one = found.find(({ damage }) => damage === name)
        return `${one?.found} of ${one?.pairs}, ${one?.open} open`
      }),
    ]),
  ]
  return lines
    .map(([title = '', ...cells]) =>
      [title.padEnd(44), ...cells.map((cell) => cell.padStart(22))].join(''),
    )
    .join('\n')
}

/**
 * Whether a pair of one target was said to differ, or of 10 000 requests one in fifty damages was missed,
 * or one in twenty left open.
 */
export function pairsGotWorse(scores: readonly PairScore[]): boolean {
  return scores.some(
    ({ requests, alarms, same, found }) =>
      alarms > same / 1000 ||
      (requests === 10_000 &&
        found.some(
          ({ pairs, found: told, open }) =>
            told + open < pairs - Math.ceil(pairs / 50) || open > Math.ceil(pairs / 20),
        )),
  )
}
