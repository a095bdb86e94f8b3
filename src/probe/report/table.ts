import { amount, duration, grouped, percent, percents } from '../../measure/sentences/words.ts'
import type { Expectation } from '../expectations.ts'
import { fit, layOut, type Style, wrap as wrapTo } from './columns.ts'
import { decisionOf, isFine } from './decision.ts'
import { describe } from './describe.ts'
import { findings, type Line } from './findings.ts'
import { firstErrors, sayExpectation } from './reasons.ts'
import { type Report, type RunDescription, somethingAnswered } from './report.ts'
import { rolloutLines } from './rollout.ts'
import { shorten } from './shorten.ts'
import { statistics } from './statistics.ts'

/** Where the table is shown. */
export interface Screen {
  /** Characters in a line. */
  columns: number
  style: Style
  /** Also the statistics, and what found nothing worth saying. */
  verbose: boolean
}

/** What the shares are of. */
const shareTitles = {
  requests: 'Share',
  connections: 'Connections',
  clients: 'Clients',
  URLs: 'URLs',
}
const titleWidth = 12
const narrowest = 40
const mostReplicas = 25
/** Columns of the table beside the names that are always there, and characters of a name. */
const least = 2
const leastName = 11

/** A title, and text that is wrapped beside it. */
function paragraphs(lines: string[][], { columns }: Screen): string {
  const width = columns - titleWidth
  const fitting = lines.map(([title = '', text = '']) => [title, fit(text, width)])
  return layOut(fitting, [titleWidth, width + 1], 'left')
}

/** How wide each column has to be, left to right. */
function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const [head = []] = rows
  return head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)) + 2)
}

/** Each column is as wide as its widest cell; what is left is for the names. */
function replicaTable({ balance, latency }: Report['verdicts'], screen: Screen): string {
  const { columns, style, verbose } = screen
  const shown = balance.replicas.slice(0, mostReplicas)
  const cells = shown.map(({ replica, answers, share, low, high }) => {
    const times = latency.replicas.find((other) => other.replica === replica)
    const percentiles = [times?.p50, times?.p99, times?.max].map((time) => duration(time ?? 0))
    const interval = verbose ? [percents(low, high)] : []
    return [grouped(answers), percent(share), ...interval, ...percentiles]
  })
  const share = shareTitles[balance.unit]
  const head = ['Answers', share, ...(verbose ? ['95 % sure'] : []), 'p50', 'p99', 'max']
  const all = widthsOf([head, ...cells])
  const roomBeside = (widths: readonly number[]) =>
    columns - widths.reduce((sum, width) => sum + width, 0)
  // The last columns give way: the slowest answers of all replicas stand above.
  let fitting = all.length
  while (fitting > least && roomBeside(all.slice(0, fitting)) < leastName) fitting -= 1
  const widths = all.slice(0, fitting)
  const room = Math.max(roomBeside(widths), leastName)
  const longest = Math.max(...shown.map(({ replica }) => replica.length), 'Replica'.length)
  const names = shorten(
    shown.map(({ replica }) => replica),
    Math.min(longest, room - 1),
  )
  const rows = cells.map((row, index) => [names[index] ?? '', ...row.slice(0, fitting)])
  const bold = ['Replica', ...head.slice(0, fitting)].map((name) => style('bold', name))
  const table = layOut([bold, ...rows], [Math.min(longest + 1, room), ...widths], 'right')
  const hidden = balance.replicas.length - shown.length
  return hidden > 0
    ? `${table}\n… and ${amount(hidden, 'more replica')}, all in --html and --json`
    : table
}

function findingLine({ title, text, bad }: Line, style: Style): string[] {
  if (title === '') return ['', text]
  return bad ? [style(['bold', 'red'], `✘ ${title}`), text] : [style('bold', title), text]
}

function expectationLine(expectation: Expectation, style: Style): string {
  return style(expectation.met ? 'green' : 'red', sayExpectation(expectation))
}

/** What was left undone. */
function endedEarly({ interrupted, ownFailure, inFlight: { requests, waited } }: RunDescription) {
  if (!interrupted && ownFailure === undefined) return []
  const left =
    requests === 0
      ? ''
      : ` ${amount(requests, 'request')} had no answer yet, after ${duration(waited)} at most.`
  return [`Ended early: this is the report so far.${left}`]
}

/** The report for a terminal. */
export function renderTable(report: Report, given: Screen): string {
  const screen = { ...given, columns: Math.max(given.columns, narrowest) }
  const { style, verbose } = screen
  const { runs, verdicts, expectations } = report
  const decision = style(['bold', isFine(report) ? 'green' : 'red'], decisionOf(report))
  const answered = somethingAnswered(report)
  const told = findings(report, verbose)
  const wrap = (text: string) => wrapTo(text, screen.columns)
  const sayOf = (expectation: Expectation) => wrap(expectationLine(expectation, style))
  const blocks = [
    [
      wrap(decision),
      // Where nothing answered, they are what there is to know.
      ...(answered ? [] : firstErrors(report).map(wrap)),
      ...expectations.filter(({ met }) => !met).map(sayOf),
    ],
    report.rollout
      ? [
          paragraphs(
            rolloutLines(report.rollout).map((line) => findingLine(line, style)),
            screen,
          ),
        ]
      : [],
    [...runs.map(describe), ...runs.flatMap(endedEarly)].map(wrap),
    verdicts.failures.requests > 0
      ? [
          paragraphs(
            told.map((line) => findingLine(line, style)),
            screen,
          ),
        ]
      : [],
    answered ? firstErrors(report).map(wrap) : [],
    verdicts.balance.replicas.length > 0 ? [replicaTable(verdicts, screen)] : [],
    verbose && answered
      ? [
          paragraphs(
            statistics(verdicts).map(([title, text]) => [style('dim', title), text]),
            screen,
          ),
        ]
      : [],
    expectations.filter(({ met }) => met).map(sayOf),
  ]
  const texts = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${texts.join('\n\n')}\n`
}
