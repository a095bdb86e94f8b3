import { useLayoutEffect, useRef } from 'preact/hooks'
import { clockTime } from '../../measure/sentences/words.ts'
import type { Row } from '../run/rows.ts'
import type { Run } from '../run/run.ts'
import { drawLane } from './draw-lane.ts'

interface Props {
  run: Run
  row: Row
  /** Unix ms: the right end. */
  now: number
}

/** The lane of one replica. What it shows stands beside it as numbers too. */
export function Lane({ run, row, now }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    if (!canvas.current) return
    const style = getComputedStyle(canvas.current)
    const colour = (name: string) => style.getPropertyValue(`--${name}`)
    drawLane(canvas.current, {
      recent: run.marks.recent.get(row.lane) ?? [],
      answers: run.marks.answers,
      failures: run.marks.failures,
      lane: row.lane,
      started: run.started,
      now,
      goneSince: row.goneSince,
      colours: {
        answer: style.color,
        draining: colour('draining'),
        failure: colour('failure'),
        line: colour('line'),
        missing: colour('missing'),
      },
    })
  })
  return <canvas ref={canvas} role="img" aria-label={described(run, row)} />
}

function described({ marks }: Run, { lane, name, goneSince }: Row): string {
  const recent = marks.recent.get(lane) ?? []
  const failed = recent.filter(({ kind }) => kind === 'failure').length
  const ended = goneSince === undefined ? '' : `; no answer since ${clockTime(goneSince)}`
  return `The last minute of ${name}: ${recent.length - failed} answers, ${failed} failures${ended}`
}
