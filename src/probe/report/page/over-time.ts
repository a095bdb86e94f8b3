import { scaleLinear, scaleLog, type ScaleContinuousNumeric } from 'd3-scale'
import { line } from 'd3-shape'
import { html } from 'ghtml'
import { duration, rate } from '../../../measure/sentences/words.ts'
import type { Timelines } from '../../../measure/times/timelines.ts'
import { type Point, pointsOf } from './points.ts'
import { failureWindows, renderTimeAxis, renderWindows } from './windows.ts'

const width = 960
const left = 70
const right = 20
const chartHeight = 130
const axisHeight = 28

function renderChart(
  label: string,
  background: string,
  y: ScaleContinuousNumeric<number, number>,
  ticks: readonly number[],
  lines: { name: string; d: string | null; className: string }[],
  say: (value: number) => string,
): string {
  return html`<svg
    viewBox="0 0 ${width} ${chartHeight + axisHeight}"
    role="img"
    aria-label="${label} over time"
  >
    !${background}!${ticks.map(
      (value) =>
        html`<g class="tick">
          <line x1="${left}" x2="${width - right}" y1="${y(value)}" y2="${y(value)}" />
          <text x="${left - 8}" y="${y(value) + 4}" text-anchor="end">${say(value)}</text>
        </g>`,
    )}!${lines.map(
      ({ name, d, className }) =>
        html`<path class="${className}" d="!${d}"><title>${name}</title></path>`,
    )}
  </svg>`
}

/** Requests a second and latency over time, with the times in which requests failed shaded. */
export function renderOverTime(timelines: Timelines): string {
  const { latencies, failures } = timelines
  const spans = [latencies, failures].flatMap(({ span }) => span ?? [])
  if (spans.length === 0) return ''
  const span = {
    from: Math.min(...spans.map(({ first }) => first)),
    to: Math.max(...spans.map(({ last }) => last)),
  }
  const points = pointsOf(timelines, span)
  const x = scaleLinear([span.from, Math.max(span.to, span.from + 1)], [left, width - right])
  const background =
    renderWindows(failureWindows(failures, span), x, chartHeight) + renderTimeAxis(x, chartHeight)
  const path = (some: readonly Point[], y: (point: Point) => number) =>
    line<Point>(({ time }) => x(time), y)([...some])

  const failed = failures.lanes.size > 0
  const highest = Math.max(...points.map(({ answered, lost }) => Math.max(answered, lost)))
  const rates = scaleLinear([0, highest], [chartHeight, 8]).nice()
  const rateLines = [
    { name: 'answered', className: 'rate', d: path(points, ({ answered }) => rates(answered)) },
    ...(failed
      ? [{ name: 'lost', className: 'lost', d: path(points, ({ lost }) => rates(lost)) }]
      : []),
  ]
  const rateChart = html`<p class="quiet">
      Requests a second: <span class="p50">answered ——</span>
      !${failed ? html`<span class="lost">lost - - -</span>` : ''}
    </p>
    !${renderChart('Rate', background, rates, rates.ticks(4), rateLines, rate)}`

  const timed = points.filter(({ p50 }) => p50 > 0)
  if (timed.length === 0) return rateChart
  const all = timed.flatMap(({ p50, p99 }) => [p50, p99])
  const times = scaleLog([Math.min(...all), Math.max(...all) * 1.01], [chartHeight, 8]).nice()
  const tens = times.ticks(4).filter((time) => Number.isInteger(Math.log10(time)))
  const ticks = times.ticks(4).length < 7 ? times.ticks(4) : tens
  const latencyLines = [
    { name: 'p50', className: 'p50', d: path(timed, ({ p50 }) => times(p50)) },
    { name: 'p99', className: 'p99', d: path(timed, ({ p99 }) => times(p99)) },
  ]
  return html`!${rateChart}
    <p class="quiet">Latency: <span class="p50">p50 ——</span> <span class="p99">p99 - - -</span></p>
    !${renderChart('Latency', background, times, ticks, latencyLines, duration)}`
}
