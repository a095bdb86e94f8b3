import type { ScaleLinear } from 'd3-scale'
import { html } from 'ghtml'
import { clockTime } from '../../../measure/sentences/words.ts'
import type { Timeline } from '../../../measure/statistics/timeline.ts'

/** A stretch of time, Unix ms. */
export interface Stretch {
  from: number
  to: number
}

/** Failures that are so near to each other, in parts of the whole, are one window. */
const near = 1 / 60

/** When requests failed. */
export function failureWindows(failures: Timeline, span: Stretch): Stretch[] {
  const numbers = [...failures.lanes.values()].flatMap((lane) => lane.map(({ number }) => number))
  const windows: Stretch[] = []
  for (const number of numbers.sort((a, b) => a - b)) {
    const from = Math.max(number * failures.width, span.from)
    const to = Math.min((number + 1) * failures.width, span.to)
    const last = windows.at(-1)
    if (last && from - last.to <= (span.to - span.from) * near) last.to = Math.max(last.to, to)
    else windows.push({ from, to })
  }
  return windows
}

/** The windows as shaded areas, behind what is drawn later. */
export function renderWindows(
  windows: readonly Stretch[],
  x: ScaleLinear<number, number>,
  height: number,
): string {
  return windows
    .map(
      ({ from, to }) =>
        html`<rect
          class="window"
          x="${x(from)}"
          y="0"
          width="${Math.max(x(to) - x(from), 2)}"
          height="${height}"
        >
          <title>Requests failed from ${clockTime(from)} to ${clockTime(to)}</title>
        </rect>`,
    )
    .join('')
}

/** Ticks of an axis of time, by the clock. */
export function renderTimeAxis(x: ScaleLinear<number, number>, height: number): string {
  const [first = 0] = x.domain()
  // Seconds since the beginning are rounder than Unix time.
  const ticks = x
    .copy()
    .domain(x.domain().map((time) => time - first))
    .ticks(6)
    .map((time) => time + first)
  const labels = ticks.map(clockTime)
  return ticks
    .map(
      (time, index) =>
        html`<g class="tick">
          <line x1="${x(time)}" x2="${x(time)}" y1="0" y2="${height + 4}" />
          <text x="${x(time)}" y="${height + 20}" text-anchor="middle"
            >${labels[index] === labels[index - 1] ? '' : labels[index]}</text
          >
        </g>`,
    )
    .join('')
}
