import { describe } from '../report/describe.ts'
import { plainText, tableRow } from '../report/markdown.ts'
import type { ComparedRuns } from './compare.ts'
import { cautions, type Row, rowsOf } from './rows.ts'

const marks = { worse: '❌ ', better: '✅ ', same: '', 'cannot-tell': '' }

const decided = { worse: '❌', 'not-worse': '✅', 'cannot-tell': '❔' }

function renderRow({ title, before, after, change = 'same' }: Row): string {
  return tableRow([`${marks[change]}**${title}**`, plainText(before), plainText(after)])
}

/** The comparison for the summary of a pipeline, or a comment on a pull request. */
export function renderMarkdown(compared: ComparedRuns): string {
  const { decision } = compared.comparison
  const blocks = [
    `### ${decided[decision.verdict]} ${plainText(decision.sentence)}`,
    ...cautions(compared).map(plainText),
    [
      tableRow(['', 'Before', 'After']),
      tableRow([':--', ':--', ':--']),
      ...rowsOf(compared).map(renderRow),
    ].join('\n'),
    [
      ...compared.before.map((run) => `- Before: ${plainText(describe(run))}`),
      ...compared.after.map((run) => `- After: ${plainText(describe(run))}`),
    ].join('\n'),
  ]
  return `${blocks.join('\n\n')}\n`
}
