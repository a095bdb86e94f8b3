import { fit, layOut, type Style, wrap } from '../report/columns.ts'
import { describe } from '../report/describe.ts'
import type { ComparedRuns } from './compare.ts'
import { cautions, type Row, rowsOf } from './rows.ts'

const narrowest = 40

const colours = {
  worse: 'red',
  better: 'green',
  'not-worse': 'green',
  'cannot-tell': 'yellow',
} as const

function titleOf({ title, change }: Row, style: Style): string {
  if (change === 'worse') return style(['bold', 'red'], `✘ ${title}`)
  if (change === 'better') return style(['bold', 'green'], `✔ ${title}`)
  return style('bold', `  ${title}`)
}

function renderRows(rows: readonly Row[], columns: number, style: Style): string {
  const width = Math.max(...rows.map(({ title }) => title.length)) + 4
  const rest = columns - width
  const widest = Math.max(...rows.map(({ before }) => before.length), 'Before'.length) + 3
  const middle = Math.min(widest, Math.floor(rest / 2))
  const head = ['', style('bold', 'Before'), style('bold', 'After')]
  const lines = rows.map((row) => [
    titleOf(row, style),
    fit(row.before, middle - 1),
    fit(row.after, rest - middle),
  ])
  return layOut([head, ...lines], [width, middle, rest - middle + 1], 'left')
}

/** The comparison for a terminal: the decision, what was asked, and the figures. */
export function renderTable(
  compared: ComparedRuns,
  { columns, style }: { columns: number; style: Style },
): string {
  const width = Math.max(columns, narrowest)
  const { decision } = compared.comparison
  const blocks = [
    [style(['bold', colours[decision.verdict]], decision.sentence)],
    [
      ...compared.before.map((run) => `Before: ${describe(run)}`),
      ...compared.after.map((run) => `After: ${describe(run)}`),
      ...cautions(compared),
    ],
  ]
  const texts = blocks.map((lines) => lines.map((line) => wrap(line, width)).join('\n'))
  return `${[...texts, renderRows(rowsOf(compared), width, style)].join('\n\n')}\n`
}
