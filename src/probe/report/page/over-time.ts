import { scaleLinear, scaleLog, type ScaleContinuousNumeric } from 'd3-scale'
import { line } from 'd3-shape'
import { html } from 'ghtml'
import { duration, rate } from '../../../measure/sentences/words.ts'
import { latencyOf, type Timelines } from '../../../measure/times/timelines.ts'
import { failureWindows, renderTimeAxis, renderWindows, type Stretch } from './windows.ts'

const width = 960
const left = 70
const right = 20
const chartHeight = 130
const axisHeight = 28
/** As many points as can be told apart, and as have enough requests in them. */
const mostPoints = 60

/** What ended in a stretch of time. */
interface Point {
  /** The middle, Unix ms. */
  time: number
  perSecond: number
  /** Milliseconds. */
  p50: number
  p99: number
}

/** The latency that a part of them does not exceed. @param counts by latency, the shortest first */
function quantile(counts: readonly [number, number][], part: number): number {
  const rank = part * counts.reduce((sum, [, count]) => sum + count, 0)
  let below = 0
  for (const [latency, count] of counts) {
    below += count
    if (below >= rank) return latency
  }
  return 0
}

function pointsOf({ latencies }: Timelines, span: Stretch): Point[] {
  const buckets = Math.ceil((span.to - span.from) / latencies.width)
  const step = latencies.width * Math.max(Math.ceil(buckets / mostPoints), 1)
  const points = new Map<number, [number, number][]>()
  const lanes = [...latencies.lanes].sort(([a], [b]) => Number(a) - Number(b))
  for (const [label, lane] of lanes) {
    for (const { number, count } of lane) {
      const place = Math.max(Math.floor((number * latencies.width - span.from) / step), 0)
      const counts = points.get(place) ?? []
      points.set(place, counts)
      counts.push([latencyOf(label), count])
    }
  }
  return [...points]
    .sort(([a], [b]) => a - b)
    .map(([place, counts]) => {
      const from = span.from + place * step
      // The first and the last stretch are not whole.
      const length = Math.max(Math.min(from + step, span.to) - Math.max(from, span.from), 1)
      const all = counts.reduce((sum, [, count]) => sum + count, 0)
      return {
        time: Math.min(Math.max(from + step / 2, span.from), span.to),
        perSecond: (all * 1000) / length,
        p50: quantile(counts, 0.5),
        p99: quantile(counts, 0.99),
      }
    })
}

function renderChart(
  label: string,
  background: string,
  y: ScaleContinuousNumeric<number, number>,
  lines: { name: string; d: string | null; className: string }[],
  say: (value: number) => string,
): string {
  const ticks = y
    .ticks(4)
    .filter((value) => y.ticks(4).length < 7 || `${value * 1000}`.startsWith('1'))
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
  if (!latencies.span || spans.length === 0) return ''
  const span = {
    from: Math.min(...spans.map(({ first }) => first)),
    to: Math.max(...spans.map(({ last }) => last)),
  }
  const points = pointsOf(timelines, span)
  const x = scaleLinear([span.from, Math.max(span.to, span.from + 1)], [left, width - right])
  const background =
    renderWindows(failureWindows(failures, span), x, chartHeight) + renderTimeAxis(x, chartHeight)
  const rates = scaleLinear(
    [0, Math.max(...points.map(({ perSecond }) => perSecond))],
    [chartHeight, 8],
  ).nice()
  const all = points.flatMap(({ p50, p99 }) => [p50, p99])
  const times = scaleLog([Math.min(...all), Math.max(...all) * 1.01], [chartHeight, 8]).nice()
  const path = (y: (point: Point) => number) => line<Point>(({ time }) => x(time), y)(points)
  const rateLines = [
    { name: 'requests a second', className: 'rate', d: path(({ perSecond }) => rates(perSecond)) },
  ]
  const latencyLines = [
    { name: 'p50', className: 'p50', d: path(({ p50 }) => times(p50)) },
    { name: 'p99', className: 'p99', d: path(({ p99 }) => times(p99)) },
  ]
  return html`<p class="quiet">Requests a second that were answered</p>
    !${renderChart('Rate', background, rates, rateLines, rate)}
    <p class="quiet">Latency: <span class="p50">p50 ——</span> <span class="p99">p99 - - -</span></p>
    !${renderChart('Latency', background, times, latencyLines, duration)}`
}
