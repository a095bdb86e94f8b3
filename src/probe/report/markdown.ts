import { duration, grouped, percent } from '../../measure/sentences/words.ts'
import type { Rollout } from '../rollout/rollout.ts'
import { decisionOf, isFine } from './decision.ts'
import { describe } from './describe.ts'
import { findings } from './findings.ts'
import { firstErrors } from './reasons.ts'
import type { Report, RunDescription } from './report.ts'
import { rolloutLines } from './rollout.ts'

const mark = (good: boolean) => (good ? '✅' : '❌')

/** More than a comment bears. */
const mostReplicas = 25

/**
 * Text that is none of Markdown's (GitHub's, with tables): no markup, no links, and no name with `@` that
 * calls somebody, which a space of no width prevents.
 */
export function plainText(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>#|~&$]|:(?=\/\/)|(?<=www)\./g, '\\$&')
    .replaceAll('@', '@\u{200b}')
}

/** A name as code. */
export function code(name: string): string {
  const runs = name.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1)
  const padding = /^[` ]|[` ]$/.test(name) ? ' ' : ''
  return `${fence}${padding}${name.replaceAll(/\s/g, ' ')}${padding}${fence}`
}

/** A line of a table. */
export const tableRow = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

function replicaTable({ balance, latency }: Report['verdicts']): string[] {
  if (balance.replicas.length === 0) return []
  const share = balance.unit === 'requests' ? 'Share' : `Share of the ${balance.unit}`
  const shown = balance.replicas.slice(0, mostReplicas).map((one) => {
    const times = latency.replicas.find(({ replica }) => replica === one.replica)
    const percentiles = [times?.p50, times?.p99, times?.max].map((time) => duration(time ?? 0))
    // A bar ends the cell, in code too.
    const name = code(one.replica).replaceAll('|', '\\|')
    return tableRow([name, grouped(one.answers), percent(one.share), ...percentiles])
  })
  const hidden = balance.replicas.length - shown.length
  return [
    [
      tableRow(['Replica', 'Answers', share, 'p50', 'p99', 'max']),
      tableRow([':--', '--:', '--:', '--:', '--:', '--:']),
      ...shown,
    ].join('\n'),
    ...(hidden > 0 ? [`… and ${grouped(hidden)} more.`] : []),
  ]
}

function renderRun(run: RunDescription): string {
  const asked = `${run.method} ${run.url}`
  return `${code(asked)}${plainText(describe(run).slice(asked.length))}`
}

/** Who lost requests, and the pods by the clock. */
function renderRollout(rollout: Rollout): string {
  const lines = rolloutLines(rollout).map(({ title, text, bad }) =>
    tableRow([title === '' ? '' : `${bad ? `${mark(false)} ` : ''}**${title}**`, plainText(text)]),
  )
  return [tableRow(['Rollout', '']), tableRow([':--', ':--']), ...lines].join('\n')
}

/** The report for the summary of a pipeline, or a comment on a pull request. */
export function renderMarkdown(report: Report): string {
  const { runs, verdicts, expectations } = report
  const expected = expectations.map(
    ({ option, expected, seen, met }) =>
      `- ${mark(met)} ${code(`${option} ${expected}`)}: ${plainText(seen)}`,
  )
  const found = findings(report, false).map(({ title, text, bad }) =>
    tableRow([`${bad ? `${mark(false)} ` : ''}**${title}**`, plainText(text)]),
  )
  const blocks = [
    `### ${mark(isFine(report))} ${plainText(decisionOf(report))}`,
    ...runs.map(renderRun),
    expected.join('\n'),
    ...(report.rollout ? [renderRollout(report.rollout)] : []),
    found.length > 0
      ? [tableRow(['Verdict', 'Evidence']), tableRow([':--', ':--']), ...found].join('\n')
      : '',
    ...firstErrors(report).map(plainText),
    ...replicaTable(verdicts),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
