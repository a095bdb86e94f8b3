import { duration, grouped, percent } from '../../measure/sentences/words.ts'
import type { Verdicts } from '../../measure/verdicts.ts'
import { now } from '../asking/clock.ts'
import { wholeSeconds } from '../view/whole-seconds.ts'
import { told } from './told.ts'
import type { Headline } from './headline.ts'
import { rowsOf } from './rows.ts'
import type { Run } from './run.ts'

/** What is known, as lines for a chat or a ticket. */
export function asText(run: Run, verdicts: Verdicts, { text, notes }: Headline, url: URL): string {
  const rows = rowsOf(run, verdicts).map((row) =>
    [
      row.name.padEnd(32),
      grouped(row.answers).padStart(8),
      row.share === undefined ? '' : percent(row.share).padStart(8),
      row.p50 === undefined ? '' : `p50 ${duration(row.p50)}`,
      row.p99 === undefined ? '' : `p99 ${duration(row.p99)}`,
      row.version ?? '',
      row.zone ?? '',
    ]
      .join('  ')
      .trimEnd(),
  )
  const length = wholeSeconds(now() - run.started)
  return [
    text,
    ...notes,
    `${url.href}, ${new Date(run.started).toISOString()}, ${length}`,
    '',
    ...rows,
    '',
    ...told.map(([name, verdict]) => `${name}: ${verdicts[verdict].sentence}`),
    '',
  ].join('\n')
}

/** The same for programs. Times are Unix milliseconds, lengths of time milliseconds. */
export function asJson(run: Run, verdicts: Verdicts, { text }: Headline, url: URL): string {
  const { started } = run
  const summary = {
    format: 'served-by-page/1',
    url: url.href,
    started,
    ended: now(),
    headline: text,
    replicas: rowsOf(run, verdicts),
    verdicts,
  }
  return `${JSON.stringify(summary, null, 2)}\n`
}
