import { judgeFit } from '../measure/balance/fit.ts'
import type { Fit } from '../measure/balance/fit.ts'
import { tellShare } from '../measure/sentences/weights.ts'
import { amount, list, roughly } from '../measure/sentences/words.ts'
import type { Verdicts } from '../measure/verdicts.ts'

type Weights = ReadonlyMap<string, number>

/** What the weights are about: versions where one is called so, else replicas. */
interface Counted {
  counts: ReadonlyMap<string, number>
  unit: string
  dispersion: number
  /** Answers that name none of these. */
  unattributed: number
  /** Why fixed weights were not to be expected. */
  changed: string | undefined
}

function versionsOf({ weights }: Verdicts): Counted {
  return {
    ...weights,
    counts: new Map(weights.versions.map(({ version, count }) => [version, count])),
    changed: weights.reason === 'version-missing' ? weights.sentence : undefined,
  }
}

function replicasOf({ balance }: Verdicts): Counted {
  return {
    ...balance,
    counts: new Map(balance.replicas.map(({ replica, count }) => [replica, count])),
    changed: balance.reason === 'replica-missing' ? balance.sentence : undefined,
  }
}

const cannotTell = (why: string) => ({ seen: `cannot tell: ${why}`, met: false })

/** Shares for people, as the weights are written: "85:15". */
const ratio = (shares: readonly number[]) =>
  shares.map((share) => Number((share * 100).toFixed(1))).join(':')

/** What else there is to say of weights that fit. */
function precision({ barely, next, nextExcluded, more = 0 }: Fit, unit: string): string {
  const edge = barely ? ', which is as far off as chance goes' : ''
  // One name that gets all.
  const other = next.length === 1 ? `less than ${ratio(next)} %` : ratio(next)
  return nextExcluded
    ? `${edge}; ${other} is ruled out`
    : `${edge}; about ${roughly(more)} more ${unit} would tell it from ${other}`
}

/** What was seen of the weights that were expected, and whether these fit. */
export function seenOfWeights(verdicts: Verdicts, weights: Weights) {
  const [versions, replicas] = [versionsOf(verdicts), replicasOf(verdicts)]
  const names = [...weights.keys()]
  const counted = [versions, replicas].find(({ counts }) => names.some((name) => counts.has(name)))
  if (!counted) {
    const known = [...versions.counts.keys(), ...replicas.counts.keys()]
    return cannotTell(
      known.length === 0
        ? 'no answer names a version or a replica'
        : `no version and no replica is called ${names.join(' or ')}; there are ${list(known)}`,
    )
  }
  const { counts, unit, dispersion, unattributed, changed } = counted
  if (changed !== undefined) return cannotTell(changed)
  const fit = judgeFit(weights, counts, dispersion)
  const shares = list(fit.parts.map(tellShare))
  const of = unit === 'requests' ? '' : ` of the ${unit}`
  const silent = names.filter((name) => !counts.has(name))
  const strangers = [...counts.keys()].filter((name) => !weights.has(name))
  const remarks = [
    ...(silent.length > 0 ? [`nobody called ${list(silent)} answered`] : []),
    ...(strangers.length > 0 ? [`${list(strangers)} not expected`] : []),
    ...(unattributed > 0 ? [`${amount(unattributed, 'answer')} by nobody who is known`] : []),
  ].map((remark) => `; ${remark}`)
  const told = `${shares}${of}${remarks.join('')}`
  // Who is not known may be anybody.
  if (fit.verdict === 'differs' || unattributed > 0) return { seen: told, met: false }
  if (fit.verdict === 'cannot-tell') {
    const how = unit === 'connections' ? ' (--connections new)' : ''
    return cannotTell(`${told}; about ${roughly(fit.more ?? 0)} more ${unit} would tell${how}`)
  }
  return { seen: `${told}${precision(fit, unit)}`, met: true }
}
