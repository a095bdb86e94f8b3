import { type Damage, damages } from './damage.ts'
import { drawPair } from './pair.ts'

/** What came of pairs of runs of so many requests. */
export interface PairScore {
  requests: number
  /** Two runs of one target, and in how many of the pairs something was said to have changed. */
  same: number
  alarms: number
  /** For each kind of damage: pairs, and in how many of them it was found. */
  found: { damage: Damage; pairs: number; found: number }[]
}

const names = Object.keys(damages).filter((name): name is Damage => name in damages)
const sizes = [1000, 3000, 10_000]

/** @param pairs of one target, for each size; a tenth as many of each kind of damage */
export function scorePairs(pairs: number, seed: number): PairScore[] {
  return sizes.map((requests) => {
    const draw = (run: number, damage?: Damage) =>
      drawPair(seed * 1_000_003 + run, requests, damage).comparison
    const count = (of: number, holds: (run: number) => boolean) =>
      Array.from({ length: of }, (_, run) => holds(run)).filter(Boolean).length
    const few = Math.ceil(pairs / 10)
    return {
      requests,
      same: pairs,
      alarms: count(pairs, (run) => {
        const { worse, better } = draw(run).decision
        return worse.length + better.length > 0
      }),
      found: names.map((damage) => ({
        damage,
        pairs: few,
        found: count(few, (run) => draw(pairs + run, damage).decision.verdict === 'worse'),
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
        return `${one?.found} of ${one?.pairs}`
      }),
    ]),
  ]
  return lines
    .map(([title = '', ...cells]) =>
      [title.padEnd(44), ...cells.map((cell) => cell.padStart(16))].join(''),
    )
    .join('\n')
}

/** Whether a pair of one target was said to differ, or of 10 000 requests one in fifty damages was missed. */
export function pairsGotWorse(scores: readonly PairScore[]): boolean {
  return scores.some(
    ({ requests, alarms, same, found }) =>
      alarms > same / 1000 ||
      (requests === 10_000 &&
        found.some((one) => one.found < one.pairs - Math.ceil(one.pairs / 50))),
  )
}
