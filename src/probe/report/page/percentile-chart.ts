import { scaleLinear, scaleLog } from 'd3-scale'
import { line } from 'd3-shape'
import { html } from 'ghtml'
import { type Histogram, percentile } from '../../../measure/statistics/histogram.ts'
import type { Latency } from '../../../measure/times/latency.ts'
import { duration } from '../../../measure/sentences/words.ts'

const width = 960
const height = 300
const margin = { top: 10, right: 30, bottom: 30, left: 70 }
const mostReplicas = 6
/** In steps of "nines", where the tail has as much room as the middle. */
const percentiles = [1, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99]
const labelled = [10, 50, 90, 99, 99.9, 99.99]

interface Series {
  name: string
  histogram: Histogram
  color: string
  whole: boolean
}

/** 90 is 1, 99 is 2, 99.9 is 3. */
const nines = (p: number) => -Math.log10(1 - p / 100)

function seriesOf({ latency, replicas }: Latency): Series[] {
  const named = [...replicas].sort(([a], [b]) => a.localeCompare(b)).slice(0, mostReplicas)
  return [
    ...named.map(([name, histogram], index) => ({
      name,
      histogram,
      color: `var(--series-${index})`,
      whole: false,
    })),
    { name: 'all, from when they were due', histogram: latency, color: 'var(--text)', whole: true },
  ]
}

/** A percentile says nothing where there were not even a few answers above it. */
function points(histogram: Histogram): [number, number][] {
  return percentiles
    .filter((p) => histogram.totalCount * (1 - p / 100) >= 1)
    .map((p) => [p, Math.max(percentile(histogram, p), 0.001)])
}

const dashes = ['', '6 3', '2 3', '8 3 2 3', '12 4', '4 2']

/** Latency by percentile, for all answers and for each replica; both axes are logarithmic. */
export function renderPercentileChart(tally: Latency): string {
  const series = seriesOf(tally).filter(({ histogram }) => histogram.totalCount > 1)
  const all = series.flatMap(({ histogram }) => points(histogram))
  if (all.length === 0) return ''
  const top = Math.max(...all.map(([p]) => nines(p)))
  const times = all.map(([, time]) => time)
  const x = scaleLinear([0, top], [margin.left, width - margin.right])
  const y = scaleLog(
    [Math.min(...times), Math.max(...times)],
    [height - margin.bottom, margin.top],
  ).nice()
  const path = line(
    ([p]) => x(nines(p)),
    ([, time]) => y(time),
  )

  const verticals = labelled
    .filter((p) => nines(p) <= top)
    .map(
      (p) =>
        html`<g class="tick">
          <line x1="${x(nines(p))}" x2="${x(nines(p))}" y1="${margin.top}" y2="${height - 26}" />
          <text x="${x(nines(p))}" y="${height - 10}" text-anchor="middle">${p} %</text>
        </g>`,
    )
  const horizontals = y
    .ticks(4)
    .filter((time) => Number.isInteger(Math.log10(time)) || y.ticks(4).length < 8)
    .map(
      (time) =>
        html`<g class="tick">
          <line x1="${margin.left}" x2="${width - margin.right}" y1="${y(time)}" y2="${y(time)}" />
          <text x="${margin.left - 8}" y="${y(time) + 4}" text-anchor="end">${duration(time)}</text>
        </g>`,
    )
  const stroke = ({ color, whole }: Series, index: number) =>
    html`class="series${whole ? ' whole' : ''}" stroke="!${color}"
    stroke-dasharray="${whole ? '' : dashes[index]}"`
  const lines = series.map(
    (one, index) => html`<path !${stroke(one, index)} d="!${path(points(one.histogram))}" />`,
  )
  const legend = series.map(
    (one, index) =>
      html`<li>
        <svg viewBox="0 0 32 8" aria-hidden="true">
          <path !${stroke(one, index)} d="M0 4H32" />
        </svg>
        ${one.name}
      </li>`,
  )
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Latency by percentile">
      !${verticals}!${horizontals}!${lines}
    </svg>
    <ul class="legend">
      !${legend}
    </ul>`
}
