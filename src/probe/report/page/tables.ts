import { html } from 'ghtml'
import type { FailureKind } from '../../../measure/failures/failures.ts'
import type { Verdicts } from '../../../measure/verdicts.ts'
import { nameOf } from '../../../measure/sentences/losses.ts'
import {
  clockTime,
  duration,
  grouped,
  percent,
  percents,
} from '../../../measure/sentences/words.ts'

/** A table of text cells; the first column holds the names. */
function table(head: string[], rows: string[][]): string {
  return html`<table>
    <thead>
      <tr>
        !${head.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      !${rows.map(
        (cells) =>
          html`<tr>
            !${cells.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** Who answered how often and how fast. */
export function renderReplicas({ balance, latency }: Verdicts): string {
  const rows = balance.replicas.map(({ replica, answers, count, share, low, high }) => {
    const times = latency.replicas.find((other) => other.replica === replica)
    const percentiles = [times?.p50, times?.p90, times?.p95, times?.p99, times?.max]
    return [
      replica,
      grouped(answers),
      ...(balance.unit === 'requests' ? [] : [grouped(count)]),
      percent(share),
      percents(low, high),
      ...percentiles.map((time) => duration(time ?? 0)),
    ]
  })
  const { count, p50, p90, p95, p99, max } = latency.latency
  const all = [
    'All, from when they were due',
    grouped(count),
    ...(balance.unit === 'requests' ? [] : ['']),
    '',
    '',
    ...[p50, p90, p95, p99, max].map(duration),
  ]
  const dealt =
    balance.unit === 'requests'
      ? []
      : [balance.unit.charAt(0).toUpperCase() + balance.unit.slice(1)]
  const times = ['p50', 'p90', 'p95', 'p99', 'max']
  return table(['Replica', 'Answers', ...dealt, 'Share', '95 % sure', ...times], [...rows, all])
}

/** What each version got. */
export function renderVersions({ weights: { unit, versions } }: Verdicts): string {
  const rows = versions.map(({ version, count, share, low, high }) => [
    version,
    grouped(count),
    percent(share),
    percents(low, high),
  ])
  const what = `${unit.charAt(0).toUpperCase()}${unit.slice(1)}`
  return table(['Version', what, 'Share', '95 % sure'], rows)
}

/** Where answers came from. */
export function renderZones({ zones: { zones } }: Verdicts): string {
  const rows = zones.map(({ zone, answers, share }) => [zone, grouped(answers), percent(share)])
  return table(['Zone', 'Answers', 'Share'], rows)
}

/** The time of day, and the time within the run. */
function moment(time: number, begin: number): string {
  return `${clockTime(time)} (${duration(Math.max(time - begin, 0))})`
}

/** What came back, by status. */
export function renderStatuses({ statuses: { statuses, none, locations } }: Verdicts): string {
  const all = statuses.reduce((sum, { count }) => sum + count, none)
  const rows = [
    ...statuses.map(({ status, count }) => [`${status}`, count] as const),
    ...(none > 0 ? [['no response', none] as const] : []),
    ...locations.map(({ location, count }) => [`to ${location}`, count] as const),
  ].map(([name, count]) => [name, grouped(count), percent(count / all)])
  return table(['Status', 'Requests', 'Share'], rows)
}

/** What failed, how, when and at whose hands. @param begin Unix ms */
export function renderFailures(kinds: readonly FailureKind[], begin: number): string {
  const rows = kinds.map(({ outcome, status, replica, count, first, last }) => [
    nameOf(outcome),
    status === undefined ? '' : `${status}`,
    replica ?? '',
    grouped(count),
    moment(first, begin),
    moment(last, begin),
  ])
  return table(['Failure', 'Status', 'Replica', 'Requests', 'First', 'Last'], rows)
}

/** The lives of the replicas. @param begin Unix ms */
export function renderLives({ lives }: Verdicts, begin: number): string {
  const rows = lives.replicas.flatMap(({ replica, boots, draining }) =>
    boots.map(({ boot, answers, first, last }) => [
      replica,
      boot,
      grouped(answers),
      moment(first, begin),
      moment(last, begin),
      draining && draining.first <= last && draining.last >= first ? 'yes' : '',
    ]),
  )
  return table(['Replica', 'Boot', 'Answers', 'First', 'Last', 'Drained'], rows)
}

/** The replicas' clocks against those of the machines that measured. */
export function renderClocks({ clocks }: Verdicts): string {
  const signed = (time: number) => `${time < 0 ? '−' : '+'}${duration(Math.abs(time))}`
  const rows = clocks.replicas.map(({ replica, vantage, offset, bound, verdict }) => [
    replica,
    vantage,
    signed(offset),
    `± ${duration(bound)}`,
    verdict.replace('-', ' '),
  ])
  return table(['Replica', 'Against', 'Offset', 'Error at most', 'Verdict'], rows)
}
