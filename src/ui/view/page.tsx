import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { grouped, rate as perSecond } from '../../measure/sentences/words.ts'
import { judge } from '../../measure/verdicts.ts'
import { createAsker } from '../asking/asker.ts'
import { now } from '../asking/clock.ts'
import { headline } from '../run/headline.ts'
import { rowsOf } from '../run/rows.ts'
import { answersSince, createRun, note } from '../run/run.ts'
import { asJson, asText } from '../run/summary.ts'
import { Advice } from './advice.tsx'
import { Controls } from './controls.tsx'
import { Findings } from './findings.tsx'
import { Replicas } from './replicas.tsx'
import { useHidden, useTicks } from './ticks.ts'
import { wholeSeconds } from './whole-seconds.ts'

const firstRate = 10
/** Answers from one replica after which the page says what to do. */
const suspicious = 20

/** Milliseconds of which the rate of answers is shown. */
const recently = 10_000

/** The whole page. @param url what it asks */
export function Page({ url }: { url: URL }) {
  const [round, setRound] = useState(0)
  const [rate, setRate] = useState(firstRate)
  const [paused, setPaused] = useState(false)
  const hidden = useHidden()
  // A new round counts from nothing; what is still in flight belongs to the one before.
  const run = useMemo(createRun, [round])
  const asker = useMemo(
    () =>
      createAsker(url, rate, (ended) => {
        note(run, ended)
      }),
    [run],
  )
  const running = !paused && !hidden
  // In the very drawing that stops: no other follows.
  const changed = useMemo(now, [running])
  const steady = useMemo(now, [running, rate, run])
  const stopped = useRef<number | undefined>(undefined)

  useEffect(() => {
    asker.setRate(rate)
  }, [asker, rate])
  useEffect(() => {
    if (hidden) asker.interrupt()
    else if (paused) asker.pause()
    else asker.resume()
    if (!running) stopped.current ??= changed
    else if (stopped.current !== undefined) {
      run.idle += now() - Math.max(stopped.current, run.started)
      stopped.current = undefined
    }
    return () => {
      asker.pause()
    }
  }, [asker, hidden, paused])

  useTicks(running)
  const time = running ? now() : Math.max(changed, run.started)
  const verdicts = useMemo(() => judge(run.tally), [run, Math.floor(time / 500)])
  const told = headline(run, verdicts)
  const { tone, text, notes, spoken } = told
  const rows = rowsOf(run, verdicts)
  const { requests } = verdicts.failures
  const asking = time - run.started - run.idle
  const recent = Math.min(time - steady, recently)
  const answered =
    recent < 1000
      ? ''
      : `, ${perSecond((1000 * answersSince(run, time - recent)) / recent)} answered`
  const [only, another] = verdicts.balance.replicas

  return (
    <>
      <header>
        <h1>
          served-by <span>Which replica answered, and when?</span>
        </h1>
        <Controls
          paused={paused}
          rate={rate}
          onPause={() => {
            setPaused(!paused)
          }}
          onReset={() => {
            setRound(round + 1)
          }}
          onRate={setRate}
          summary={{
            text: () => asText(run, verdicts, told, url),
            json: () => asJson(run, verdicts, told, url),
          }}
        />
      </header>
      <main>
        <section class={`headline ${tone}`} aria-label="Verdict">
          <p class="decision">{text}</p>
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          <p class="aside" role="status">
            {spoken}
          </p>
          <p class="counts">
            {grouped(requests)} requests to {url.href} in {wholeSeconds(asking)}
            {running ? `; ${rate} a second asked${answered}` : '; paused'}
          </p>
        </section>
        {tone === 'fine' && only && !another && only.answers >= suspicious && (
          <Advice replica={only.replica} url={url} />
        )}
        <Replicas run={run} rows={rows} now={time} />
        <Findings verdicts={verdicts} />
      </main>
    </>
  )
}
