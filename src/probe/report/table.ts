import type { styleText } from 'node:util'
import Table from 'cli-table3'
import { amount, duration, grouped, percent } from '../../measure/sentences/words.ts'
import type { Expectation } from '../expectations.ts'
import { describe } from './describe.ts'
import { firstErrors, sayExpectation } from './reasons.ts'
import { type Report, type RunDescription, somethingAnswered } from './report.ts'
import { summaries } from './summaries.ts'

/** Marks text on a terminal, and gives it back as it is where there is none. */
export type Style = (format: Parameters<typeof styleText>[0], text: string) => string

/** Both come to 80 columns. */
const replicaWidths = [28, 10, 22, 10, 10]
const verdictWidths = [11, 69]
const mostReplicas = 25
/** Milliseconds; more than that is to be seen in the latencies. */
const tolerableLateness = 2

/** Columns without lines: less to look at, and more room for names. */
function layOut(rows: string[][], widths: number[], align: 'left' | 'right'): string {
  const edges = ['top', 'bottom', 'left', 'right', 'mid']
  const places = ['', '-mid', '-left', '-right']
  const noLines = edges.flatMap((edge) => places.map((place) => [edge + place, ''] as const))
  const table = new Table({
    colWidths: widths,
    colAligns: widths.map((_, column) => (column === 0 ? 'left' : align)),
    wordWrap: align === 'left',
    chars: { ...Object.fromEntries(noLines), middle: '' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
  })
  table.push(...rows)
  return table.toString().replaceAll(/ +$/gm, '')
}

function replicaTable({ balance, latency }: Report['verdicts'], style: Style): string {
  const shown = balance.replicas.slice(0, mostReplicas)
  const rows = shown.map(({ replica, answers, share, low, high }) => {
    const times = latency.replicas.find((other) => other.replica === replica)
    return [
      replica,
      grouped(answers),
      `${percent(share)}  ${(low * 100).toFixed(1)}–${percent(high)}`,
      duration(times?.p50 ?? 0),
      duration(times?.p99 ?? 0),
    ]
  })
  const share = balance.unit === 'requests' ? 'Share, 95 % sure' : 'Connections, 95 %'
  const head = ['Replica', 'Answers', share, 'p50', 'p99']
  const table = layOut([head.map((name) => style('bold', name)), ...rows], replicaWidths, 'right')
  const hidden = balance.replicas.length - shown.length
  return hidden > 0 ? `${table}\n… and ${amount(hidden, 'more replica')}` : table
}

function expectationLine(expectation: Expectation, style: Style): string {
  return style(expectation.met ? 'green' : 'red', sayExpectation(expectation))
}

/** What was left undone, and why. */
function endedEarly({ interrupted, ownFailure, inFlight: { requests, waited } }: RunDescription) {
  if (!interrupted && ownFailure === undefined) return []
  const left =
    requests === 0
      ? ''
      : `; ${amount(requests, 'request')} had no answer yet, after ${duration(waited)} at most`
  return [`Ended early${left}: this is the report so far.`]
}

/** What else one has to know to read the rest rightly. */
function remarks(report: Report): string[] {
  const { runs, verdicts } = report
  const { latency } = verdicts
  const late =
    runs.some(({ rate }) => rate !== undefined) && latency.lateness.p99 > tolerableLateness
  return [
    ...runs.flatMap(endedEarly),
    ...(late
      ? [`The probe itself was late, by ${duration(latency.lateness.p99)} at the 99th percentile.`]
      : []),
    ...runs.flatMap(({ ownFailure }) => ownFailure ?? []),
    ...firstErrors(report),
  ]
}

/** The report for a terminal of 80 columns. */
export function renderTable(report: Report, style: Style): string {
  const { runs, verdicts, expectations } = report
  const told = summaries(verdicts).filter(
    ({ title }) => somethingAnswered(report) || title === 'Failures',
  )
  const sentences = told.map(({ title, sentence, bad }) => [
    style(bad ? ['bold', 'red'] : 'bold', bad ? `✘ ${title}` : title),
    sentence,
  ])
  const blocks = [
    runs.map(describe),
    verdicts.balance.replicas.length > 0 ? [replicaTable(verdicts, style)] : [],
    [layOut(sentences, verdictWidths, 'left')],
    remarks(report),
    expectations.map((expectation) => expectationLine(expectation, style)),
  ]
  const texts = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${texts.join('\n\n')}\n`
}
