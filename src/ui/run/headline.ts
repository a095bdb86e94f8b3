import { grouped, percent } from '../../measure/sentences/words.ts'
import type { Verdicts } from '../../measure/verdicts.ts'
import { clockTime } from '../view/times.ts'
import type { Run } from './run.ts'

/** What a person should do about it: nothing, look closer, act; or it is too early to tell. */
export type Tone = 'fine' | 'look' | 'act' | 'early'

export interface Headline {
  tone: Tone
  text: string
}

/** So many failures in a row are an outage. */
const inARow = 5
/** Answers without which nothing is said. */
const enough = 20
/** How many times its peers' median a replica's own is when it is called slow, and by how much at least. */
const slowFactor = 3
const slowBy = 20

/** The decision in one line: what is worst comes first. */
export function headline(run: Run, verdicts: Verdicts): Headline {
  const { failures, balance } = verdicts
  const trouble = outage(run) ?? gone(verdicts) ?? failing(verdicts) ?? slow(verdicts)
  if (trouble) return { tone: 'act', text: trouble }
  if (failures.requests < enough) return { tone: 'early', text: 'Too early to tell' }
  const parts = [spread(verdicts), canary(verdicts), lost(verdicts)]
  const text = parts.filter((part) => part !== undefined).join('; ')
  const calm = failures.failures === 0 && balance.verdict === 'even'
  return { tone: calm ? 'fine' : 'look', text }
}

function outage({ failing: { count, since } }: Run): string | undefined {
  return count >= inARow ? `Nothing is answered since ${clockTime(since)}` : undefined
}

/** Replicas that give no answer any more; where others came for them, they were replaced. */
function gone({ failures: { absences } }: Verdicts): string | undefined {
  const left = absences.filter(({ kind }) => kind === 'gone')
  const came = absences.filter(({ kind }) => kind === 'late')
  const [first] = left
  if (!first || came.length >= left.length) return undefined
  const names = left.map(({ replica }) => replica).join(', ')
  return `${names} ${left.length > 1 ? 'give' : 'gives'} no answer since ${clockTime(first.from)}`
}

/** One replica answers with errors. */
function failing({ failures: { kinds }, balance }: Verdicts): string | undefined {
  const [worst] = kinds.filter(({ outcome }) => outcome === 'replica-error')
  if (!worst) return undefined
  const answers = balance.replicas.find(({ replica }) => replica === worst.replica)?.answers ?? 0
  const share = percent(worst.count / Math.max(1, answers))
  return `${worst.replica ?? 'A replica'} fails: ${share} of its answers are errors (${worst.status}), the last at ${clockTime(worst.last)}`
}

/** One replica takes much longer than its peers. */
function slow({ latency: { replicas } }: Verdicts): string | undefined {
  const byMedian = [...replicas].sort((a, b) => b.p50 - a.p50)
  const [slowest] = byMedian
  const peer = byMedian[Math.ceil(byMedian.length / 2)]
  if (!slowest || !peer || slowest.count < enough) return undefined
  const apart = slowest.p50 - peer.p50
  if (apart < slowBy || slowest.p50 < slowFactor * peer.p50) return undefined
  return `${slowest.replica} is slow: half of its answers take ${Math.round(apart)} ms longer than those of its peers`
}

const orders: Partial<Record<Verdicts['order']['verdict'], string>> = {
  'round-robin': ', in turn',
  random: ', at random',
  'least-connections': ', to the least busy',
}

function spread({ balance, order, failures }: Verdicts): string {
  const count = balance.replicas.length
  const [only] = balance.replicas
  if (!only) return 'Answers do not say which replica gave them'
  if (count === 1) return `Everything comes from ${only.replica}`
  const left = failures.absences.filter(({ kind }) => kind === 'gone')
  const came = failures.absences.filter(({ kind }) => kind === 'late')
  if (left.length > 0 || came.length > 0) return changed(left, came)
  const how = orders[order.verdict] ?? ''
  if (balance.verdict === 'even') return `Even over ${count} replicas${how}`
  if (balance.verdict === 'uneven') {
    const shares = [...balance.replicas].sort((a, b) => b.share - a.share)
    const [most, least] = [shares.at(0), shares.at(-1)]
    return `Uneven over ${count} replicas: ${most?.replica} has ${percent(most?.share ?? 0)}, ${least?.replica} ${percent(least?.share ?? 0)}`
  }
  const back = failures.absences.find(({ kind }) => kind === 'away')
  return back
    ? `${back.replica} was away from ${clockTime(back.from)} to ${clockTime(back.to)} and is back`
    : `${count} replicas answer`
}

type Absences = Verdicts['failures']['absences']

function changed(left: Absences, came: Absences): string {
  const parts = [
    ...left.map(({ replica, from }) => `${replica} left at ${clockTime(from)}`),
    ...came.map(({ replica, to }) => `${replica} came at ${clockTime(to)}`),
  ]
  const most = 4
  const more = parts.length > most ? ` and ${parts.length - most} more changes` : ''
  return `${parts.slice(0, most).join(', ')}${more}`
}

function canary({ versions: { versions } }: Verdicts): string | undefined {
  const all = versions.reduce((sum, { answers }) => sum + answers, 0)
  const [rarest, another] = [...versions].sort((a, b) => a.answers - b.answers)
  if (!rarest || !another) return undefined
  return `version ${rarest.version} gets ${percent(rarest.answers / all)}`
}

function lost({ failures: { failures, kinds } }: Verdicts): string {
  if (failures === 0) return 'nothing lost'
  const last = Math.max(...kinds.map((kind) => kind.last))
  return `${grouped(failures)} lost, the last at ${clockTime(last)}`
}
