import { scaleLinear, scaleSqrt } from 'd3-scale'
import { html } from 'ghtml'
import { outcomes } from '../../../measure/observation.ts'
import { nameOf } from '../../../measure/sentences/losses.ts'
import type { Bucket, Timeline } from '../../../measure/statistics/timeline.ts'
import { grouped } from '../../../measure/sentences/words.ts'
import { shorten } from '../shorten.ts'
import { failureWindows, renderTimeAxis, renderWindows } from './windows.ts'

const width = 960
const labelWidth = 230
const laneHeight = 28
const barHeight = 20
const axisHeight = 28
const longestLabel = 27

interface Lane {
  label: string
  kind: 'answers' | 'failures'
  bucketWidth: number
  buckets: Bucket[]
}

function lanesOf(timeline: Timeline, kind: Lane['kind']): Lane[] {
  return [...timeline.lanes]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([label, buckets]) => {
      const outcome = kind === 'failures' && outcomes.find((one) => one === label)
      const name = outcome ? nameOf(outcome) : label
      return { label: name, kind, bucketWidth: timeline.width, buckets }
    })
}

/**
 * What came back over time: a lane for each replica, and one for each kind of failure. The more
 * there was in a bar's time, the higher it is.
 * @returns SVG, or nothing where there is nothing to show
 */
export function renderLanes(replicas: Timeline, failures: Timeline): string {
  const lanes = [...lanesOf(replicas, 'answers'), ...lanesOf(failures, 'failures')]
  if (lanes.length === 0) return ''
  const spans = [replicas, failures].flatMap(({ span }) => span ?? [])
  const begin = Math.min(...spans.map(({ first }) => first))
  const end = Math.max(...spans.map(({ last }) => last))
  const x = scaleLinear([begin, Math.max(end, begin + 1)], [labelWidth, width - 10])
  const height = lanes.length * laneHeight
  const busiest = Math.max(...lanes.flatMap(({ buckets }) => buckets.map(({ count }) => count)))
  // The root, so that a burst does not flatten everything else.
  const y = scaleSqrt([0, busiest], [0, barHeight])

  const shown = shorten(
    lanes.map(({ label }) => label),
    longestLabel,
  )
  const bars = lanes.map(({ label, kind, bucketWidth, buckets }, row) => {
    const base = (row + 1) * laneHeight - 3
    const total = buckets.reduce((sum, { count }) => sum + count, 0)
    const path = buckets.map(({ number, count }) => {
      const from = Math.max(x(number * bucketWidth), labelWidth)
      const to = Math.min(x((number + 1) * bucketWidth), width - 10)
      // A single request among thousands is still to be seen.
      const bar = Math.max(y(count), 2)
      return `M${from.toFixed(1)} ${base}v${(-bar).toFixed(1)}H${Math.max(to, from + 1).toFixed(1)}V${base}z`
    })
    const sign = kind === 'failures' ? '✘ ' : ''
    return html`<g>
      <title>${label}: ${grouped(total)} ${kind}</title>
      <text x="0" y="${base - 5}">${sign}${shown[row]}</text>
      <path class="${kind}" d="${path.join('')}" />
    </g>`
  })
  const windows = renderWindows(failureWindows(failures, { from: begin, to: end }), x, height)
  return html`<svg viewBox="0 0 ${width} ${height + axisHeight}" role="img" aria-label="Over time">
    !${windows}!${renderTimeAxis(x, height)}!${bars}
  </svg>`
}
