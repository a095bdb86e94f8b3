import { html } from 'ghtml'
import type { Expectation } from '../expectations.ts'
import { renderLanes } from './page/lanes.ts'
import { renderOverTime } from './page/over-time.ts'
import { renderPercentileChart } from './page/percentile-chart.ts'
import { style } from './page/style.ts'
import {
  renderClocks,
  renderFailures,
  renderLives,
  renderReplicas,
  renderStatuses,
  renderVersions,
  renderZones,
} from './page/tables.ts'
import { firstErrors } from './reasons.ts'
import { type Report, somethingAnswered } from './report.ts'
import { rolloutLines } from './rollout.ts'
import { statistics } from './statistics.ts'
import { decisionOf, isFine } from './decision.ts'
import { findings, type Line } from './findings.ts'
import { describe } from './describe.ts'

/** Nothing where there is nothing in it. */
function section(title: string, content: string): string {
  if (content === '') return ''
  return html`<section>
    <h2>${title}</h2>
    !${content}
  </section>`
}

function renderExpectations(expectations: readonly Expectation[]): string {
  const lines = expectations.map(
    ({ option, expected, seen, met }) =>
      html`<li class="${met ? 'good' : 'bad'}">
        ${met ? '✔ as expected' : '✘ not as expected'}: ${option} ${expected}; seen: ${seen}
      </li>`,
  )
  return html`<ul>
    !${lines}
  </ul>`
}

function renderLines(lines: readonly Line[]): string {
  const entries = lines.map(
    ({ title, text, bad }) =>
      html`<dt class="${bad ? 'bad' : ''}">${bad && title !== '' ? '✘ ' : ''}${title}</dt>
        <dd>${text}</dd>`,
  )
  return html`<dl>!${entries}</dl>`
}

function renderStatistics({ verdicts }: Report): string {
  const lines = statistics(verdicts).map(([title, text]) => ({ title, text, bad: false }))
  return renderLines(lines)
}

/** The report as one page that asks the network for nothing. */
export function renderHtml(report: Report): string {
  const { runs, verdicts, expectations, tally } = report
  const begin = Math.min(...runs.map(({ started }) => started))
  const targets = [...new Set(runs.map(({ url }) => url))].join(', ')
  const { failures, lives, clocks, balance, weights, zones } = verdicts
  const restarted = lives.restarts > 0 || lives.draining > 0
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <title>Probe of ${targets}</title>
        <style>
          !${style}
        </style>
      </head>
      <body>
        <h1 class="${isFine(report) ? 'good' : 'bad'}">${decisionOf(report)}</h1>
        !${runs.map((run) => html`<p class="quiet">${describe(run)}</p>`)}
        !${firstErrors(report).map((error) => html`<p>${error}</p>`)}
        !${expectations.length > 0 ? section('Expectations', renderExpectations(expectations)) : ''}
        !${report.rollout ? section('Rollout', renderLines(rolloutLines(report.rollout))) : ''}
        !${section('Findings', renderLines(findings(report, false)))}
        !${balance.replicas.length > 0 ? section('Replicas', renderReplicas(verdicts)) : ''}
        !${weights.versions.length > 1 ? section('Versions', renderVersions(verdicts)) : ''}
        !${zones.zones.length > 0 ? section('Zones', renderZones(verdicts)) : ''}
        !${section('Status', renderStatuses(verdicts))}
        !${section('Rate and latency over time', renderOverTime(tally.timelines))}
        !${section('Answers over time', renderLanes(tally.timelines.replicas, tally.timelines.failures))}
        !${section('Latency by percentile', renderPercentileChart(tally.latency))}
        !${failures.kinds.length > 0 ? section('Failures', renderFailures(failures.kinds, begin)) : ''}
        !${restarted ? section('Lives of the replicas', renderLives(verdicts, begin)) : ''}
        !${clocks.replicas.length > 0 ? section('Clocks', renderClocks(verdicts)) : ''}
        !${somethingAnswered(report) ? section('Statistics', renderStatistics(report)) : ''}
        <p class="quiet foot">Began ${new Date(begin).toISOString()}.</p>
      </body>
    </html>`
}
