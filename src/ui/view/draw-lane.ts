import type { Bucket, Timeline } from '../../measure/statistics/timeline.ts'
import { type Mark, single } from '../run/marks.ts'

/** What is drawn, and in which colours (CSS). */
export interface LanePicture {
  recent: readonly Mark[]
  answers: Timeline
  failures: Timeline
  lane: string
  /** Unix ms. */
  started: number
  now: number
  goneSince?: number | undefined
  colours: { answer: string; draining: string; failure: string; line: string; missing: string }
}

/** The part of a lane that shows what is older than the last minute. */
export const olderPart = 0.25

/** Milliseconds that fill a lane's height; the height goes with the logarithm. */
const slowest = 2000
const lowest = 0.2

function heightOf(took: number): number {
  const part = Math.log10(1 + Math.max(0, took)) / Math.log10(1 + slowest)
  return Math.min(1, lowest + (1 - lowest) * part)
}

/** Draws one lane: on the right a mark for each answer of the last minute, on the left what was before. */
export function drawLane(canvas: HTMLCanvasElement, picture: LanePicture): void {
  const context = canvas.getContext('2d')
  const { clientWidth: width, clientHeight: height } = canvas
  if (!context || width === 0) return
  const scale = window.devicePixelRatio
  if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale)
  if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale)
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.clearRect(0, 0, width, height)

  const border = width * olderPart
  const { now, started, colours, goneSince } = picture
  const x = (time: number) => width - ((now - time) / single) * (width - border)
  if (goneSince !== undefined) {
    context.fillStyle = colours.missing
    const from = Math.max(border, x(goneSince))
    context.fillRect(from, 0, width - from, height)
  }
  context.fillStyle = colours.line
  context.fillRect(border, 0, 1, height)
  drawOlder(context, picture, { from: started, to: now - single, width: border - 2, height })
  for (const mark of picture.recent) {
    const left = x(mark.time)
    if (left < border) continue
    if (mark.begins) {
      context.fillStyle = colours.line
      for (let y = 0; y < height; y += 6) context.fillRect(left - 2, y, 1, 3)
    }
    const tall = (mark.kind === 'failure' ? 1 : heightOf(mark.took)) * (height - 2)
    context.fillStyle = colours[mark.kind]
    context.fillRect(left, height - tall, mark.kind === 'failure' ? 2.5 : 1.5, tall)
  }
}

interface Area {
  /** Unix ms. */
  from: number
  to: number
  width: number
  height: number
}

/** Bars, as high as there were many; failures on top of them. */
function drawOlder(context: CanvasRenderingContext2D, picture: LanePicture, area: Area): void {
  const { from, to, width, height } = area
  if (to <= from) return
  const { answers, failures, lane, colours } = picture
  for (const [timeline, colour] of [
    [answers, colours.answer],
    [failures, colours.failure],
  ] as const) {
    const buckets = timeline.lanes.get(lane) ?? []
    const busiest = buckets.reduce((most, { count }) => Math.max(most, count), 1)
    context.fillStyle = colour
    for (const { left, right, count } of columnsOf(buckets, timeline.width)) {
      const tall = Math.max(2, (count / busiest) * (height - 2))
      context.fillRect(left, height - tall, Math.max(1, right - left), tall)
    }
  }

  function* columnsOf(buckets: readonly Bucket[], bucketWidth: number) {
    const x = (time: number) => ((Math.min(Math.max(time, from), to) - from) / (to - from)) * width
    for (const { number, count } of buckets) {
      if (number * bucketWidth >= to) return
      yield { left: x(number * bucketWidth), right: x((number + 1) * bucketWidth), count }
    }
  }
}
