import { clockTime, duration, grouped, percent } from '../../measure/sentences/words.ts'
import type { Row } from '../run/rows.ts'
import type { Run } from '../run/run.ts'
import { Lane } from './lane.tsx'

/** As many lanes as the colours of the style sheet. */
const colours = 8

interface Props {
  run: Run
  rows: Row[]
  now: number
}

/** A lane and the numbers of each replica. */
export function Replicas({ run, rows, now }: Props) {
  return (
    <section aria-labelledby="replicas">
      <h2 id="replicas" class="aside">
        Replicas
      </h2>
      <div class="head row" aria-hidden="true">
        <span>Replica</span>
        <span class="axis">
          <span>{clockTime(run.started)}</span>
          <span>−60 s</span>
          <span>−30 s</span>
          <span>now</span>
        </span>
        <span class="numbers">
          <span>Share</span>
          <span>Answers</span>
          <span>p50</span>
          <span>p99</span>
          <span>Clock</span>
        </span>
      </div>
      <ul class="rows">
        {rows.map((row, place) => (
          <li
            class={`row colour-${row.share === undefined ? 'none' : place % colours}`}
            key={row.lane}
          >
            <h3 title={row.name}>
              <MiddleCut text={row.name} />
              <Tags row={row} />
            </h3>
            <Lane run={run} row={row} now={now} />
            <dl class="numbers">
              <Value name="Share" value={row.share === undefined ? '–' : percent(row.share)} />
              <Value name="Answers" value={grouped(row.answers)} />
              <Value name="p50" value={row.p50 === undefined ? '–' : duration(row.p50)} />
              <Value name="p99" value={row.p99 === undefined ? '–' : duration(row.p99)} />
              <Value name="Clock" value={clockOf(row)} />
            </dl>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The ends of pods' names tell them apart: what does not fit is cut in the middle. */
function MiddleCut({ text }: { text: string }) {
  const ending = 8
  return (
    <span class="name">
      <span>{text.slice(0, -ending)}</span>
      <span>{text.slice(-ending)}</span>
    </span>
  )
}

function Tags({ row: { version, zone, restarts, failures, goneSince, slow } }: { row: Row }) {
  return (
    <span class="tags">
      {version !== undefined && <span class="tag">{version}</span>}
      {zone !== undefined && <span class="tag">{zone}</span>}
      {restarts > 0 && (
        <span class="tag look">restarted {restarts === 1 ? 'once' : `${restarts} times`}</span>
      )}
      {failures > 0 && <span class="tag act">{grouped(failures)} failed</span>}
      {slow && <span class="tag act">slow</span>}
      {goneSince !== undefined && <span class="tag act">gone since {clockTime(goneSince)}</span>}
    </span>
  )
}

function Value({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** How far its clock is ahead of this browser's, where the round trips can tell. */
function clockOf({ clock }: Row): string {
  if (!clock) return '–'
  const { offset, bound } = clock
  if (Math.abs(offset) <= bound) return `± ${duration(bound)}`
  return `${offset > 0 ? '+' : '−'}${duration(Math.abs(offset))} ± ${duration(bound)}`
}
