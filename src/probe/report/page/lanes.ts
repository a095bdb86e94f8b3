import { scaleLinear, scaleSqrt } from 'd3-scale'
import { html } from 'ghtml'
import type { Bucket, Timeline } from '../../../measure/statistics/timeline.ts'
import { duration, grouped } from '../../../measure/sentences/words.ts'

const width = 960
const labelWidth = 230
const laneHeight = 28
const barHeight = 20
const axisHeight = 28
const longestLabel = 32

interface Lane {
  label: string
  kind: 'answers' | 'failures'
  bucketWidth: number
  buckets: Bucket[]
}

function lanesOf(timeline: Timeline, kind: Lane['kind']): Lane[] {
  return [...timeline.lanes]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([label, buckets]) => ({ label, kind, bucketWidth: timeline.width, buckets }))
}

function shorten(label: string): string {
  return label.length <= longestLabel ? label : `${label.slice(0, longestLabel - 1)}…`
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
  const x = scaleLinear([0, Math.max(end - begin, 1)], [labelWidth, width - 10])
  const height = lanes.length * laneHeight
  const busiest = Math.max(...lanes.flatMap(({ buckets }) => buckets.map(({ count }) => count)))
  // The root, so that a burst does not flatten everything else.
  const y = scaleSqrt([0, busiest], [0, barHeight])

  const bars = lanes.map(({ label, kind, bucketWidth, buckets }, row) => {
    const base = (row + 1) * laneHeight - 3
    const total = buckets.reduce((sum, { count }) => sum + count, 0)
    const path = buckets.map(({ number, count }) => {
      const from = Math.max(x(number * bucketWidth - begin), labelWidth)
      const to = Math.min(x((number + 1) * bucketWidth - begin), width - 10)
      // A single request among thousands is still to be seen.
      const bar = Math.max(y(count), 2)
      return `M${from.toFixed(1)} ${base}v${(-bar).toFixed(1)}H${Math.max(to, from + 1).toFixed(1)}V${base}z`
    })
    const sign = kind === 'failures' ? '✘ ' : ''
    return html`<g>
      <title>${label}: ${grouped(total)} ${kind}</title>
      <text x="0" y="${base - 5}">${sign}${shorten(label)}</text>
      <path class="${kind}" d="${path.join('')}" />
    </g>`
  })
  const ticks = x.ticks(8).map(
    (time) =>
      html`<g class="tick">
        <line x1="${x(time)}" x2="${x(time)}" y1="0" y2="${height + 4}" />
        <text x="${x(time)}" y="${height + 20}" text-anchor="middle"
          >${time === 0 ? '0' : duration(time)}</text
        >
      </g>`,
  )
  return html`<svg viewBox="0 0 ${width} ${height + axisHeight}" role="img" aria-label="Over time">
    !${ticks}!${bars}
  </svg>`
}
