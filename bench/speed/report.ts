import Table from 'cli-table3'
import { max, median, min } from 'simple-statistics'
import type { Comparison, Goal } from './comparison.ts'

const head = ['', 'against', 'served-by', 'it', 'ratio', 'spread', 'CPU', 'goal']

/** No lines but one below the head, so that it fits 100 columns and a README. */
const chars = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: ' ' },
}

/**
 * The table: medians over the rounds, the ratio of each round's two values with its spread, and the
 * same ratio of CPU time.
 */
export function report(comparisons: readonly Comparison[]): string {
  const table = new Table({
    head,
    chars,
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
  })
  let last = ''
  for (const comparison of comparisons) {
    const label = `${comparison.measure} (${comparison.unit})`
    table.push([label === last ? '' : label, ...cells(comparison)])
    last = label
  }
  return table.toString()
}

function cells({ ours, theirs, goal }: Comparison): string[] {
  const ratios = ratiosOf(ours.values, theirs.values)
  const ratio = median(ratios)
  return [
    theirs.program,
    significant(median([...ours.values])),
    significant(median([...theirs.values])),
    ratio.toFixed(2),
    `${min(ratios).toFixed(2)}-${max(ratios).toFixed(2)}`,
    ours.cpu && theirs.cpu ? median(ratiosOf(ours.cpu, theirs.cpu)).toFixed(2) : '',
    goal ? `${describe(goal)} ${isMet(goal, ratio) ? '✓' : '✗'}` : '',
  ]
}

/** One ratio a round: what slows the machine down slows both. */
function ratiosOf(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.map((value, round) => value / (theirs[round] ?? NaN))
}

function describe(goal: Goal): string {
  return 'atLeast' in goal ? `≥ ${goal.atLeast.toFixed(2)}` : `≤ ${goal.atMost.toFixed(2)}`
}

function isMet(goal: Goal, ratio: number): boolean {
  return 'atLeast' in goal ? ratio >= goal.atLeast : ratio <= goal.atMost
}

/** Three significant digits, with the thousands apart: `81 300`, `4.21`. */
function significant(value: number): string {
  return new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })
    .format(value)
    .replaceAll(',', ' ')
}
